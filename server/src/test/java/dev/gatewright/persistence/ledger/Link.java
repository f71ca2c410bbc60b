package dev.gatewright.persistence.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network between a server node and a database, which can be cut, now or at a certain command,
 * and fall silent.
 */
public final class Link implements AutoCloseable {
  /** How the network is. */
  enum State {
    OPEN,
    /** Connections end, and none begins. */
    CUT,
    /** What the server sends does not arrive. */
    SILENT_TO_DATABASE,
    /** The database hears, and does, and its answers do not arrive. */
    SILENT_FROM_DATABASE,
    SILENT
  }

  /** What a connection is lost with. */
  public enum Loss {
    /** The database never hears of it. */
    OF_COMMAND,
    /** The database has done it, and its answer does not arrive. */
    OF_ANSWER
  }

  private final int target;
  private final ServerSocket listener;
  private final Set<Pipe> pipes = ConcurrentHashMap.newKeySet();
  private State state = State.OPEN;
  private int commandsLeft;
  private Loss loss = Loss.OF_COMMAND;

  public Link(int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** From now on the network is so. */
  synchronized void set(State now) {
    state = now;
    notifyAll();
    if (now == State.CUT) {
      pipes.forEach(Pipe::reset);
    }
  }

  /**
   * Opens it again; connections on which it was silent never speak again, as behind a firewall that
   * has forgotten them.
   */
  void openForgetting() {
    pipes.forEach(Pipe::forget);
    set(State.OPEN);
  }

  /** The connection that carries the nth command from now on is lost; new ones can be made. */
  public synchronized void loseAt(int command, Loss what) {
    commandsLeft = command;
    loss = what;
  }

  /** Loses nothing from now on, and says whether that had happened. */
  public synchronized boolean lost() {
    boolean happened = commandsLeft == 0;
    commandsLeft = 0;
    return happened;
  }

  private synchronized boolean isLastCommand() {
    return commandsLeft > 0 && --commandsLeft == 0;
  }

  /** In MySQL's protocol every command begins with packet 0, and waits for the answer before. */
  private static boolean isCommand(byte[] bytes, int length) {
    return length > 4 && bytes[3] == 0;
  }

  private synchronized State state() {
    return state;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        if (state() == State.CUT) {
          reset(client);
        } else {
          Thread.ofVirtual().start(() -> connect(client));
        }
      }
    } catch (IOException e) {
      // it is closed
    }
  }

  private void connect(Socket client) {
    Socket server = new Socket();
    try {
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 2000);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    } catch (IOException e) {
      reset(client); // nothing listens there
      return;
    }
    Pipe pipe = new Pipe(client, server);
    pipes.add(pipe);
    if (state() == State.CUT) {
      pipe.reset();
      return;
    }
    Thread.ofVirtual().start(() -> pipe.carry(client, server, State.SILENT_TO_DATABASE));
    Thread.ofVirtual().start(() -> pipe.carry(server, client, State.SILENT_FROM_DATABASE));
  }

  /** Waits while nothing passes in this direction. */
  private synchronized void awaitPassage(State silent) throws InterruptedException {
    while (state == silent || state == State.SILENT) {
      wait();
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // it is closed already
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    set(State.CUT);
  }

  /** A connection, both halves. */
  private final class Pipe {
    private final Socket client;
    private final Socket server;
    private volatile boolean forgotten;
    private volatile boolean answerLost;

    Pipe(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    /** Of what was held up meanwhile, all arrives. */
    void carry(Socket from, Socket to, State silent) {
      byte[] buffer = new byte[16 * 1024];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          awaitPassage(silent);
          boolean command = from == client && isCommand(buffer, read) && isLastCommand();
          if (answerLost || (command && loss == Loss.OF_COMMAND)) {
            reset();
            return;
          }
          if (command) {
            answerLost = true;
          }
          if (!forgotten) {
            out.write(buffer, 0, read);
          }
        }
        awaitPassage(silent);
        end();
      } catch (IOException e) {
        end();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** The database learns that the client is gone, the client nothing. */
    void forget() {
      forgotten = true;
      Link.reset(server);
    }

    private void end() {
      if (!forgotten) {
        reset();
      }
    }

    void reset() {
      Link.reset(client);
      Link.reset(server);
      pipes.remove(this);
    }
  }
}
