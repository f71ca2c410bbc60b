package dev.gatewright.user;

/** What of an account is proven to be the user's. What is absent cannot be. */
public record Verified(boolean email, boolean phoneNumber) {
  public static final Verified NOTHING = new Verified(false, false);
}
