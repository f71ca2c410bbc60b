package dev.gatewright.persistence.ledger;

import dev.gatewright.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A grant as the ledger tells of it, from the redeeming of its code. A request that was not
 * answered may be carried out at any later time: once there was one, nothing but an end that was
 * acknowledged is certain.
 */
final class Story {
  /** How a grant stands. */
  enum State {
    ALIVE,
    DOUBTFUL,
    ENDED
  }

  final String user;
  final String grant;
  final String code;

  /** All that were answered, oldest first. */
  final List<Tokens> tokens = new ArrayList<>();

  /** Access tokens of which the revocation was acknowledged, or is in doubt. */
  final Set<String> revoked = new LinkedHashSet<>();

  final Set<String> perhapsRevoked = new LinkedHashSet<>();

  /** Codes and refresh tokens that were sent and not refused. */
  final Set<String> spent = new LinkedHashSet<>();

  /** Those of them that were answered with tokens. */
  final Set<String> answered = new LinkedHashSet<>();

  /** What should not have been answered as it was. */
  final List<String> lapses = new ArrayList<>();

  State state = State.ALIVE;

  /** Whether it has ended in such a way that its access tokens have, too. */
  boolean withAccessTokens = true;

  /** How it stood when a client revoked it. */
  @Nullable State whenRevoked;

  boolean revocationInDoubt;

  private Story(String user, String grant, String code) {
    this.user = user;
    this.grant = grant;
    this.code = code;
  }

  /** The stories of all grants whose tokens were answered. */
  static List<Story> of(Ledger ledger) {
    List<Story> stories = new ArrayList<>();
    for (Map.Entry<String, List<Entry>> user : ledger.byUser().entrySet()) {
      Set<String> seen = new LinkedHashSet<>();
      for (Entry entry : user.getValue()) {
        if (entry.is(Act.REDEEM, Outcome.ACKNOWLEDGED) && seen.add(entry.grant())) {
          Story story = new Story(user.getKey(), entry.grant(), entry.subject());
          story.tell(user.getValue());
          stories.add(story);
        }
      }
    }
    return stories;
  }

  /** The refresh token that was answered last. */
  String head() {
    return tokens.getLast().refresh();
  }

  private void tell(List<Entry> ofUser) {
    for (Entry entry : ofUser) {
      if (entry.act() == Act.CHANGE_PASSWORD) {
        passwordChanged(entry);
      } else if (entry.act() == Act.REDEEM ? entry.subject().equals(code) : concerns(entry)) {
        tell(entry);
      }
    }
  }

  private boolean concerns(Entry entry) {
    return entry.grant().equals(grant);
  }

  private void tell(Entry entry) {
    switch (entry.act()) {
      case REDEEM, REFRESH -> used(entry);
      case REVOKE_TOKEN -> {
        if (entry.outcome() == Outcome.ACKNOWLEDGED) {
          revoked.add(entry.subject());
        } else if (entry.outcome() == Outcome.IN_DOUBT) {
          perhapsRevoked.add(entry.subject());
        }
      }
      case REVOKE_GRANT -> {
        if (entry.outcome() == Outcome.ACKNOWLEDGED) {
          whenRevoked = whenRevoked == null ? state : whenRevoked;
          end();
        } else if (entry.outcome() == Outcome.IN_DOUBT) {
          revocationInDoubt = true;
          doubt();
        }
      }
      default -> {}
    }
  }

  private void used(Entry entry) {
    switch (entry.outcome()) {
      case ACKNOWLEDGED -> {
        if (state == State.ENDED) {
          lapses.add("answered with tokens after its end");
        }
        tokens.add(Objects.requireNonNull(entry.tokens()));
        spent.add(entry.subject());
        answered.add(entry.subject());
      }
      case IN_DOUBT -> {
        spent.add(entry.subject());
        doubt();
      }
      case REFUSED -> {
        if (spent.contains(entry.subject())) {
          end(); // the second use, and so the end of all (RFC 9700 §4.14.2)
        } else if (state == State.ALIVE) {
          lapses.add("its unused token was refused");
        }
      }
      case UNSENT -> {}
    }
  }

  /** Ends what there is at the time, but for the access tokens of the grant that asks for it. */
  private void passwordChanged(Entry entry) {
    if (entry.outcome() == Outcome.IN_DOUBT) {
      doubt();
    } else if (entry.outcome() == Outcome.ACKNOWLEDGED && !tokens.isEmpty()) {
      if (state != State.ENDED && concerns(entry)) {
        withAccessTokens = false;
      }
      state = State.ENDED;
    }
  }

  private void end() {
    withAccessTokens = true;
    state = State.ENDED;
  }

  private void doubt() {
    if (state == State.ALIVE) {
      state = State.DOUBTFUL;
    }
  }
}
