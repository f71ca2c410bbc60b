package dev.gatewright.client.auth;

import java.util.Optional;

/**
 * Where one session keeps its tokens. A refresh token is as good as the user's password until it is
 * revoked: a store that outlives the process should encrypt, or at least be readable by nobody
 * else. Methods are called from any thread, never by two at once to write.
 */
public interface TokenStore {

  /** The tokens last saved, if they were not cleared since. */
  Optional<Tokens> load();

  /**
   * Replaces what is kept. When it returns, the tokens must be safe: the refresh token before no
   * longer works.
   */
  void save(Tokens tokens);

  /** Forgets the tokens. */
  void clear();

  /** A store that keeps tokens in memory only, and so forgets them with the process. */
  static TokenStore inMemory() {
    return new InMemoryTokenStore();
  }
}
