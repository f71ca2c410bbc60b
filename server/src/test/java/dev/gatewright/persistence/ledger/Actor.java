package dev.gatewright.persistence.ledger;

import dev.gatewright.TestUsers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Some people and their clients, who do one thing after the other until told to stop. What they
 * choose depends on the seed, and on what they were answered.
 */
final class Actor implements Runnable {
  private static final int FEWEST_ACCOUNTS = 2;

  private final Nodes nodes;
  private final Ledger ledger;
  private final Random random;
  private final BooleanSupplier going;
  private final int longestPause;
  private final Logins logins;
  private final Refreshes refreshes;
  private final List<Account> accounts = new ArrayList<>();

  /**
   * @param longestPause between two things that they do, in milliseconds
   */
  Actor(Nodes nodes, Ledger ledger, long seed, int longestPause, BooleanSupplier going) {
    this.nodes = nodes;
    this.ledger = ledger;
    this.random = new Random(seed);
    this.going = going;
    this.longestPause = longestPause;
    this.logins = new Logins(nodes, ledger, random);
    this.refreshes = new Refreshes(nodes, ledger, random);
  }

  @Override
  public void run() {
    try {
      while (going.getAsBoolean()) {
        step();
        Thread.sleep(random.nextInt(longestPause));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void step() {
    int dice = random.nextInt(100);
    if (accounts.size() < FEWEST_ACCOUNTS || dice < 8) {
      signUp();
      return;
    }
    Account account = accounts.get(random.nextInt(accounts.size()));
    if (account.families.isEmpty() || dice < 25) {
      logins.logIn(account);
      return;
    }
    Family family = account.families.get(random.nextInt(account.families.size()));
    if (dice < 75) {
      refreshes.refresh(family);
    } else if (dice < 85) {
      revokeToken(family);
    } else if (dice < 94) {
      revokeGrant(family);
    } else {
      changePassword(family);
    }
  }

  /** Once more with the same name when the answer does not come: then it is made, or taken. */
  private void signUp() {
    Account account = new Account(TestUsers.freshName(), freshPassword());
    Request request =
        Request.json(
            "POST",
            "/api/users",
            "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(account.name, account.password));
    Reply reply = record(Act.SIGN_UP, account, request, account.password, "");
    boolean known = reply.acknowledged();
    if (reply.inDoubt()) {
      Reply again = record(Act.SIGN_UP, account, request, account.password, "");
      known = again.acknowledged() || again.status() == 409;
    }
    if (known) {
      accounts.add(account);
    }
  }

  private void revokeToken(Family family) {
    String token = family.tokens.access();
    revoke(Act.REVOKE_TOKEN, family, token);
  }

  private void revokeGrant(Family family) {
    boolean old = !family.spent.isEmpty() && random.nextInt(4) == 0;
    revoke(Act.REVOKE_GRANT, family, old ? family.spent : family.tokens.refresh());
    family.leave();
  }

  /** RFC 7009: safe to repeat. */
  private void revoke(Act act, Family family, String token) {
    Request request = Scene.revocation(family.clientId, token);
    Reply reply = record(act, family.owner, request, token, family.grant());
    if (reply.inDoubt()) {
      record(act, family.owner, request, token, family.grant());
    }
  }

  /**
   * Ends every family of the user. When it is in doubt, the account is left alone from then on: the
   * request may be carried out at any later time.
   */
  private void changePassword(Family family) {
    Account account = family.owner;
    String fresh = freshPassword();
    Request request =
        Request.json(
                "PUT",
                "/api/user/password",
                "{\"current_password\":\"%s\",\"new_password\":\"%s\"}"
                    .formatted(account.password, fresh))
            .bearing(family.tokens.access());
    Reply reply = record(Act.CHANGE_PASSWORD, account, request, fresh, family.grant());
    if (reply.acknowledged()) {
      account.password = fresh;
      account.families.clear();
    } else if (reply.inDoubt()) {
      accounts.remove(account);
    }
  }

  private Reply record(Act act, Account account, Request request, String subject, String detail) {
    Reply reply = nodes.send(request, random);
    if (reply.outcome() != Outcome.UNSENT) {
      ledger.add(Entry.of(act, reply, account.name, subject, detail));
    }
    return reply;
  }

  private String freshPassword() {
    return "a fine long password " + random.nextLong();
  }
}
