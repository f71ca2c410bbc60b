package dev.gatewright.client.store;

import javax.crypto.SecretKey;

/** Where the key of a file comes from. A file says in its header which kind it takes. */
interface FileKey {

  /** What a file that is written now says about its key. */
  KeyHint hint();

  /**
   * The key of a file that says this about it.
   *
   * @throws UnfitFileException if no key of this kind fits
   */
  SecretKey key(KeyHint hint) throws UnfitFileException;
}
