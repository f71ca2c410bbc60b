/** The Java SDK of Gatewright: {@link dev.gatewright.client.Gatewright} is where to start. */
module dev.gatewright.client {
  requires transitive com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.datatype.jsr310;
  requires transitive com.nimbusds.jose.jwt;
  requires transitive java.net.http;
  requires jdk.httpserver;
  requires static jakarta.annotation;
  requires static transitive org.jspecify;

  exports dev.gatewright.client;
  exports dev.gatewright.client.api;
  exports dev.gatewright.client.auth;
  exports dev.gatewright.client.error;
  exports dev.gatewright.client.http;
  exports dev.gatewright.client.model;
  exports dev.gatewright.client.store;

  opens dev.gatewright.client.model to
      com.fasterxml.jackson.databind;
}
