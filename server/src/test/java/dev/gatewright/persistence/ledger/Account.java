package dev.gatewright.persistence.ledger;

import java.util.ArrayList;
import java.util.List;

/** A user as an {@link Actor} knows it: nobody else touches it. */
final class Account {
  final String name;
  String password;
  final List<Family> families = new ArrayList<>();

  Account(String name, String password) {
    this.name = name;
    this.password = password;
  }
}
