package dev.gatewright.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One act to be recorded.
 *
 * @param actor null: who acts in the request at hand
 * @param userId whom it concerns, when that is neither actor nor subject
 * @param detail pairs such as {@code scope=openid email}, separated by semicolons; never what a
 *     caller may choose freely
 */
public record AuditEvent(
    Act act,
    Outcome outcome,
    @Nullable Actor actor,
    @Nullable Subject subject,
    @Nullable UUID userId,
    String detail) {

  /** How an act ends. */
  public enum Outcome {
    SUCCESS,
    REFUSED
  }

  public static AuditEvent success(Act act) {
    return new AuditEvent(act, Outcome.SUCCESS, null, null, null, "");
  }

  public static AuditEvent refusal(Act act) {
    return new AuditEvent(act, Outcome.REFUSED, null, null, null, "");
  }

  public AuditEvent by(Actor who) {
    return new AuditEvent(act, outcome, who, subject, userId, detail);
  }

  public AuditEvent on(Subject whom) {
    return new AuditEvent(act, outcome, actor, whom, userId, detail);
  }

  /** Names the user whose the subject is. */
  public AuditEvent of(UUID concerned) {
    return new AuditEvent(act, outcome, actor, subject, concerned, detail);
  }

  /**
   * Adds to the detail.
   *
   * @param name a word
   * @param value an identifier, or some separated by spaces; empty adds nothing
   */
  public AuditEvent with(String name, String value) {
    String more = value.isEmpty() ? "" : name + "=" + value;
    String separator = detail.isEmpty() || more.isEmpty() ? "" : "; ";
    return new AuditEvent(act, outcome, actor, subject, userId, detail + separator + more);
  }

  /** Adds the names of what differs between two states, not the values. */
  public AuditEvent changing(Record before, Record after) {
    return with("changed", String.join(" ", Differences.between(before, after)));
  }
}
