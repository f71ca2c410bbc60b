package dev.gatewright.client.release;

/** A small API in several versions, each a type that stands for the same one. */
public final class ApiVersions {

  private ApiVersions() {}

  public static class Before implements Runnable {
    public final int size = 1;

    public Before() {}

    public String answer(int question) {
      return "";
    }

    protected void hook() {}

    void internal() {}

    @Override
    public void run() {}
  }

  public static class MethodGone extends Less implements Runnable {
    public final int size = 1;

    public MethodGone() {}

    protected void hook() {}
  }

  public static class ReturnTypeOther extends Less implements Runnable {
    public final int size = 1;

    public ReturnTypeOther() {}

    public Object answer(int question) {
      return "";
    }

    protected void hook() {}
  }

  public static class NowStatic extends Less implements Runnable {
    public final int size = 1;

    public NowStatic() {}

    public static String answer(int question) {
      return "";
    }

    protected void hook() {}
  }

  public static class FieldGone extends Less implements Runnable {
    public FieldGone() {}

    public String answer(int question) {
      return "";
    }

    protected void hook() {}
  }

  public static class HookGone extends Less implements Runnable {
    public final int size = 1;

    public HookGone() {}

    public String answer(int question) {
      return "";
    }
  }

  public static class HookForAll extends HookGone {
    public HookForAll() {}

    public void hook() {}
  }

  public static class SupertypeGone extends Less {
    public final int size = 1;

    public SupertypeGone() {}

    public String answer(int question) {
      return "";
    }

    protected void hook() {}
  }

  public static class ConstructorGone extends Less implements Runnable {
    public final int size = 1;

    private ConstructorGone() {}

    public String answer(int question) {
      return "";
    }

    public void hook() {}
  }

  public abstract static class NowAbstract extends HookGone {
    public NowAbstract() {}

    protected void hook() {}
  }

  public static class MoreMethods extends Before {
    public MoreMethods() {}

    public String answer(long question) {
      return "";
    }
  }

  public static class MovedUp extends Before {
    public MovedUp() {}
  }

  public enum Choice {
    LEFT,
    RIGHT
  }

  public enum ChoiceGone {
    RIGHT
  }

  public interface Implemented {
    void first();
  }

  public interface MoreToImplement {
    void first();

    void second();
  }

  public interface MoreByDefault {
    void first();

    default void second() {}
  }

  /** What none of the versions is about. */
  static class Less {
    public void run() {}
  }
}
