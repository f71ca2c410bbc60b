package dev.gatewright.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes that people type (RFC 8628 §6.1). */
class UserCodeTest {
  /** Without vowels there are no words; and no letter looks like a digit. */
  @Test
  void codesAreOfTheAlphabetAndUseAllOfIt() {
    Set<Integer> seen = new HashSet<>();
    Set<String> codes = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      String letters = UserCode.random().letters();
      assertTrue(letters.matches("[BCDFGHJKLMNPQRSTVWXZ]{8}"), letters);
      letters.chars().forEach(seen::add);
      codes.add(letters);
    }

    assertEquals(
        20, seen.size(), seen.stream().map(Character::toString).collect(Collectors.joining()));
    assertEquals(500, codes.size());
  }

  @Test
  void codeIsShownInTwoHalves() {
    assertEquals("WDJB-MJHT", new UserCode("WDJBMJHT").shown());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WDJB-MJHT",
        "WDJBMJHT",
        "wdjb-mjht",
        "wDjB mJhT",
        " W D J B - M J H T ",
        "WDJB\u2013MJHT",
        "WDJB\u00A0MJHT\r\n",
        "«WDJB.MJHT»"
      })
  void caseAndWhatIsOutsideTheAlphabetDoNotMatter(String typed) {
    assertEquals(Optional.of(new UserCode("WDJBMJHT")), UserCode.parse(typed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "WDJB-MJH",
        "WDJB-MJHTW",
        "WDJBMJHA",
        "ＷＤＪＢＭＪＨＴ",
        "WDJBMJH\u212A", // the sign for kelvin is no K
        "WDJBMJß", // which would be SS in capitals
        "12345678"
      })
  void whatIsNoCodeIsNone(String typed) {
    assertEquals(Optional.empty(), UserCode.parse(typed));
  }
}
