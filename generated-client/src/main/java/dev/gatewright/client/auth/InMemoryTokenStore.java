package dev.gatewright.client.auth;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps tokens in memory and nowhere else. */
final class InMemoryTokenStore implements TokenStore {

  private volatile @Nullable Tokens tokens;

  @Override
  public Optional<Tokens> load() {
    return Optional.ofNullable(tokens);
  }

  @Override
  public void save(Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public void clear() {
    this.tokens = null;
  }
}
