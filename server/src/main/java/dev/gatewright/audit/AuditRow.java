package dev.gatewright.audit;

import dev.gatewright.crypto.Ids;
import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An act as stored. */
@MappedEntity("audit_event")
record AuditRow(
    @Id @BinaryUuid UUID id,
    Instant occurredAt,
    String act,
    String outcome,
    String actorType,
    @Nullable String actorId,
    @Nullable String clientId,
    @Nullable String subjectType,
    @Nullable String subjectId,
    @Nullable @BinaryUuid UUID userId,
    String detail,
    @Nullable String address,
    @Nullable @BinaryUuid UUID requestId) {
  private static final int LONGEST_ID = 100;
  private static final int LONGEST_DETAIL = 500;
  private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7E]");

  /**
   * The row of an act.
   *
   * @param address where the request comes from; null outside of any
   */
  static AuditRow of(
      AuditEvent event,
      Actor actor,
      @Nullable String address,
      @Nullable UUID requestId,
      Instant now) {
    @Nullable Subject subject = event.subject();
    return new AuditRow(
        Ids.next(),
        now,
        event.act().value(),
        value(event.outcome()),
        value(actor.type()),
        plain(actor.id(), LONGEST_ID),
        plain(actor.clientId(), LONGEST_ID),
        subject == null ? null : value(subject.type()),
        subject == null ? null : plain(subject.id(), LONGEST_ID),
        concerned(event, actor),
        String.valueOf(plain(event.detail(), LONGEST_DETAIL)),
        address,
        requestId);
  }

  private static @Nullable UUID concerned(AuditEvent event, Actor actor) {
    @Nullable Subject subject = event.subject();
    if (event.userId() != null) {
      return event.userId();
    }
    if (subject != null && subject.type() == Subject.Type.USER) {
      return UUID.fromString(subject.id());
    }
    return actor.type() == Actor.Type.USER && actor.id() != null
        ? UUID.fromString(actor.id())
        : null;
  }

  private static String value(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** What fits the column and shows as it is, whatever the identifier came from. */
  private static @Nullable String plain(@Nullable String text, int longest) {
    if (text == null) {
      return null;
    }
    String shown = UNPRINTABLE.matcher(text).replaceAll("?");
    return shown.length() <= longest ? shown : shown.substring(0, longest);
  }
}
