package dev.gatewright.client.store;

/** A file's bytes are not what this key reads. How, goes on from "The token file". */
final class UnfitFileException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String how;

  UnfitFileException(String how) {
    super(how);
    this.how = how;
  }

  String how() {
    return how;
  }
}
