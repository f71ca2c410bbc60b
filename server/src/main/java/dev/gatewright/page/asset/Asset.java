package dev.gatewright.page.asset;

import io.micronaut.http.MediaType;
import java.util.Arrays;
import java.util.Optional;

/** The files of our own that pages refer to, below {@code /assets/}. */
public enum Asset {
  /** The look of every page. */
  STYLE_SHEET("gatewright.css", "text/css;charset=utf-8"),
  /** What Swagger UI's page adds to Swagger UI's own look. */
  SWAGGER_STYLE_SHEET("swagger-ui.css", "text/css;charset=utf-8"),
  /** Starts Swagger UI. */
  SWAGGER_INITIALIZER("swagger-initializer.js", "text/javascript;charset=utf-8"),
  /** What Swagger UI's forms hold before anyone has typed. */
  SWAGGER_PREFILL("swagger-prefill.js", "text/javascript;charset=utf-8"),
  /** Renews Swagger UI's access token, or offers to authorize again. */
  SWAGGER_SESSIONS("swagger-sessions.js", "text/javascript;charset=utf-8"),
  /** Posts the form of the page that it is on. */
  FORM_POST("form-post.js", "text/javascript;charset=utf-8"),
  /** The mark: a gate. */
  MARK("mark.svg", "image/svg+xml"),
  /** The mark for a phone's home screen, 180 pixels wide. */
  TOUCH_ICON("touch-icon.png", "image/png");

  private final String fileName;

  @SuppressWarnings("ImmutableEnumChecker") // never changed once read
  private final StaticFile file;

  Asset(String fileName, String type) {
    this.fileName = fileName;
    this.file = StaticFile.read("/public/assets/" + fileName, MediaType.of(type));
  }

  /** The URL's path and query: {@code /assets/mark.svg?v=01234567}. */
  public String href() {
    return "/assets/" + fileName + "?v=" + file.version();
  }

  StaticFile file() {
    return file;
  }

  static Optional<Asset> named(String fileName) {
    return Arrays.stream(values()).filter(asset -> asset.fileName.equals(fileName)).findFirst();
  }
}
