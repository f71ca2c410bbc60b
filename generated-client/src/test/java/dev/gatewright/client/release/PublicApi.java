package dev.gatewright.client.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodType;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a program that was compiled against a library depends on, as one line for each fact (JLS
 * chapter 13). A line that is gone is a program that no longer links; so is a line that is new, if
 * it begins with {@value #DUTY}: a method that those who implement a type do not have.
 *
 * <p>Names are the JVM's: types erased, with the return type. What a type inherits is its own, so
 * that a method may move up. What the Java library brings is left out.
 */
final class PublicApi {

  static final String DUTY = "implement ";

  private static final String PROTECTED = "protected ";

  private PublicApi() {}

  /** The facts of every public type in the packages that the module of these classes exports. */
  static Set<String> of(Path classes) {
    Set<String> exported =
        ModuleFinder.of(classes).findAll().iterator().next().descriptor().exports().stream()
            .filter(exports -> !exports.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> facts = new TreeSet<>();
    try (Stream<Path> files = Files.walk(classes)) {
      files
          .map(file -> classes.relativize(file).toString().replace('/', '.'))
          .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
          .map(name -> load(name.substring(0, name.length() - ".class".length())))
          .filter(type -> exported.contains(type.getPackageName()))
          .forEach(type -> facts.addAll(of(type)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return facts;
  }

  /** The facts of one type; none, if it cannot be reached. */
  static Set<String> of(Class<?> type) {
    Set<String> facts = new TreeSet<>();
    if (!isReachable(type)) {
      return facts;
    }
    String name = type.getName();
    boolean open = isOpen(type);
    facts.add((type.isInterface() ? "interface " : "class ") + name);
    supertypes(type).stream()
        .filter(PublicApi::isReachable)
        .forEach(above -> facts.add(name + " is a " + above.getName()));
    if (open) {
      facts.add(name + " can be extended");
    }
    if (!Modifier.isAbstract(type.getModifiers())) {
      facts.add(name + " is not abstract");
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      String signature =
          MethodType.methodType(void.class, constructor.getParameterTypes()).descriptorString();
      add(facts, open, constructor, name + ".new" + signature);
    }
    Stream.concat(Stream.of(type), supertypes(type).stream())
        .filter(declaring -> !isOfJava(declaring))
        .forEach(declaring -> members(facts, name, open, declaring));
    return facts;
  }

  /** What was and is no more, and what is newly asked of those who implement something. */
  static Set<String> broken(Collection<String> before, Collection<String> after) {
    Set<String> broken = new TreeSet<>();
    before.stream()
        .filter(fact -> !fact.startsWith(DUTY))
        .filter(fact -> !after.contains(fact))
        .filter(fact -> !after.contains(widened(fact)))
        .forEach(fact -> broken.add("gone: " + fact));
    after.stream()
        .filter(fact -> fact.startsWith(DUTY) && !before.contains(fact))
        .filter(fact -> before.contains(owner(fact) + " can be extended"))
        .forEach(fact -> broken.add("new: " + fact));
    return broken;
  }

  private static void members(Set<String> facts, String name, boolean open, Class<?> declaring) {
    for (Method method : declaring.getDeclaredMethods()) {
      if (method.isSynthetic()) {
        continue;
      }
      String signature =
          MethodType.methodType(method.getReturnType(), method.getParameterTypes())
              .descriptorString();
      String described = name + "." + kind(method) + method.getName() + signature;
      add(facts, open, method, described);
      if (open && Modifier.isAbstract(method.getModifiers())) {
        facts.add(DUTY + described);
      }
    }
    for (Field field : declaring.getDeclaredFields()) {
      if (!field.isSynthetic()) {
        String described = name + "." + kind(field) + field.getName();
        add(facts, open, field, described + ":" + field.getType().descriptorString());
      }
    }
  }

  private static void add(Set<String> facts, boolean open, Member member, String described) {
    if (Modifier.isPublic(member.getModifiers())) {
      facts.add(described);
    } else if (Modifier.isProtected(member.getModifiers()) && open) {
      facts.add(PROTECTED + described);
    }
  }

  private static String kind(Member member) {
    return Modifier.isStatic(member.getModifiers()) ? "static " : "";
  }

  private static String widened(String fact) {
    return fact.startsWith(PROTECTED) ? fact.substring(PROTECTED.length()) : fact;
  }

  private static String owner(String duty) {
    String signature = duty.substring(DUTY.length(), duty.indexOf('('));
    return signature.substring(0, signature.lastIndexOf('.'));
  }

  private static boolean isOfJava(Class<?> type) {
    return type.getPackageName().startsWith("java.");
  }

  private static boolean isReachable(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    int access = type.getModifiers();
    boolean itself =
        Modifier.isPublic(access)
            || (Modifier.isProtected(access) && outer != null && isOpen(outer));
    return itself && !type.isAnonymousClass() && (outer == null || isReachable(outer));
  }

  /** Whether others can extend or implement it. */
  private static boolean isOpen(Class<?> type) {
    boolean constructible =
        type.isInterface()
            || Arrays.stream(type.getDeclaredConstructors())
                .anyMatch(c -> (c.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0);
    return constructible && !Modifier.isFinal(type.getModifiers()) && !type.isSealed();
  }

  private static Set<Class<?>> supertypes(Class<?> type) {
    Set<Class<?>> found = new LinkedHashSet<>();
    Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
        .filter(above -> above != Object.class)
        .forEach(above -> {
          found.add(above);
          found.addAll(supertypes(above));
        });
    return found;
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PublicApi.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
