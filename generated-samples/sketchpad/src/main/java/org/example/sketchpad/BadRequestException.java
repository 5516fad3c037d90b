package org.example.sketchpad;

/** A request that cannot be answered, with the HTTP status and a sentence for who sent it. */
final class BadRequestException extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;

  BadRequestException(String message) {
    this(400, message);
  }

  BadRequestException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
