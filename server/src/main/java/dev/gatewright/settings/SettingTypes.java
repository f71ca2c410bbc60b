package dev.gatewright.settings;

import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.ConfigurationReader;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.env.Environment;
import io.micronaut.core.type.Argument;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Refuses to start with a value that cannot be read as what its setting is, or that its record does
 * not accept. Where a setting has a default, the framework would take that instead of the one and
 * say nothing; and of the other it would learn when the setting is first needed.
 */
@Context
final class SettingTypes {
  private static final String OURS = "gatewright.";

  SettingTypes(BeanContext beans, Environment environment) {
    List<BeanDefinition<?>> records =
        beans.getBeanDefinitions(Qualifiers.byStereotype(ConfigurationReader.class)).stream()
            .filter(definition -> definition.getBeanType().getPackage() == getClass().getPackage())
            .toList();
    records.stream()
        .flatMap(definition -> Arrays.stream(definition.getConstructor().getArguments()))
        .forEach(setting ->
            setting
                .getAnnotationMetadata()
                .stringValue(Property.class, "name")
                .filter(key -> key.startsWith(OURS))
                .ifPresent(key -> check(key, setting, environment)));
    records.forEach(beans::getBean);
  }

  private static void check(String key, Argument<?> setting, Environment environment) {
    environment
        .getProperty(key, String.class)
        .filter(value -> !isReadable(key, value, setting, environment))
        .ifPresent(value -> {
          throw new InvalidSettingException(key, value, allowed(setting.getType()));
        });
  }

  private static boolean isReadable(
      String key, String value, Argument<?> setting, Environment environment) {
    // for the framework whatever is not true is false
    return setting.getType() == boolean.class
        ? value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")
        : environment.getProperty(key, setting).isPresent();
  }

  private static String allowed(Class<?> type) {
    if (type == int.class || type == long.class) {
      return "a whole number";
    }
    if (type == boolean.class) {
      return "true or false";
    }
    return type == Duration.class
        ? "a duration such as 30s, 15m or 12h"
        : "a " + type.getSimpleName();
  }
}
