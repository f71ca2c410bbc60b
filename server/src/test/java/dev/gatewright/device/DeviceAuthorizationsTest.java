package dev.gatewright.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.TestContext;
import dev.gatewright.TestDatabase;
import dev.gatewright.client.Client;
import dev.gatewright.client.ClientRegistrations;
import dev.gatewright.client.TestClients;
import dev.gatewright.crypto.Ids;
import dev.gatewright.database.Transactions;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.settings.DeviceSettings;
import io.micronaut.context.ApplicationContext;
import io.micronaut.data.exceptions.DataAccessException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** That a user code finds one device is the work of the database's index, on every database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class DeviceAuthorizationsTest {
  private static ApplicationContext context;
  private static Client client;

  @Parameter TestDatabase database;

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase database) {
    context = TestContext.start(database.fresh());
    client =
        context
            .getBean(ClientRegistrations.class)
            .create(TestClients.web("device"), TestClients.ANYTHING)
            .client();
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    context.close();
  }

  @Test
  void userCodeThatIsTakenIsDrawnAgain() {
    DeviceAuthorizations devices = drawing("BBBBBBBB", "BBBBBBBB", "BBBBBBBB", "CCCCCCCC");
    DeviceAuthorizations.Codes first = begin(devices);
    DeviceAuthorizations.Codes second = begin(devices);

    assertEquals("BBBBBBBB", first.userCode().letters());
    assertEquals("CCCCCCCC", second.userCode().letters());
    assertTrue(devices.find(first.deviceCode()).isPresent());
    assertTrue(devices.find(second.deviceCode()).isPresent());
  }

  @Test
  void drawingEndsWhenThereIsNoEnd() {
    DeviceAuthorizations devices =
        drawing("DDDDDDDD", "DDDDDDDD", "DDDDDDDD", "DDDDDDDD", "DDDDDDDD", "DDDDDDDD");
    begin(devices);

    assertThrows(DataAccessException.class, () -> begin(devices));
  }

  @Test
  void codesAreInNoText() {
    DeviceAuthorizations devices = drawing("FFFFFFFF");
    DeviceAuthorizations.Codes codes = begin(devices);
    String text = codes + " " + devices.find(codes.deviceCode()).orElseThrow();

    assertFalse(text.contains(codes.deviceCode()), text);
    assertFalse(text.contains("FFFFFFFF"), text);
    assertTrue(devices.find(codes.userCode(), Ids.next()).isPresent());
  }

  private static DeviceAuthorizations.Codes begin(DeviceAuthorizations devices) {
    return devices.begin(client, Scopes.parse("openid"), List.of());
  }

  private static DeviceAuthorizations drawing(String... codes) {
    Queue<String> next = new ArrayDeque<>(List.of(codes));
    return new DeviceAuthorizations(
        context.getBean(DeviceAuthorizationRepository.class),
        context.getBean(Transactions.class),
        context.getBean(DeviceSettings.class),
        context.getBean(Clock.class),
        () -> new UserCode(next.remove()));
  }
}
