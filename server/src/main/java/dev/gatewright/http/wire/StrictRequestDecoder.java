package dev.gatewright.http.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Netty's decoder, without what it bears with: folded headers (RFC 9112 §5.2), two ways to say how
 * long a body is (§6.1, §6.3), any other transfer coding than chunked, a chunked body that breaks
 * off, none or several hosts (§3.2), a method in small letters (RFC 9110 §9.1), and a target that
 * is no URI: with a control character, half a percent-encoding, a brace. After such a request
 * nothing on the connection is read any more.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
  private static final int DELETE = 0x7F;
  private static final String ROOT = "/";

  /** The beginning of a path, as far as it needs no second look. */
  private static final Pattern HARMLESS = Pattern.compile("/(?:[A-Za-z0-9._~-][A-Za-z0-9._~/-]*)?");

  private final Queue<HttpMethod> methods;
  private boolean inHead = true;
  private boolean hasRequestLine;
  private boolean hasTwoLengths;
  private boolean refused;
  private boolean answerAwaited;

  /**
   * A decoder of one connection.
   *
   * @param methods gets the method of every request, for whoever writes the responses
   */
  StrictRequestDecoder(HttpDecoderConfig config, Queue<HttpMethod> methods) {
    super(config);
    this.methods = methods;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (answerAwaited) {
      return;
    }
    int before = out.size();
    if (!refused && inHead && hasFoldedLine(in)) {
      refuse("A header is folded", ROOT, out, before);
    }
    if (refused) {
      in.skipBytes(in.readableBytes());
      return;
    }
    super.decode(context, in, out);
    for (Object decoded : out.subList(before, out.size())) {
      if (decoded instanceof HttpRequest request) {
        @Nullable String objection =
            request.decoderResult().isSuccess() ? objection(request) : null;
        if (objection != null) {
          refuse(objection, harmless(request.uri()), out, before);
          return;
        }
        inHead = false;
        hasRequestLine = false;
        methods.add(request.method());
        if (request.decoderResult().isFailure()) {
          makeAnswerable(request);
        }
      } else if (decoded instanceof HttpContent content && content.decoderResult().isFailure()) {
        breakOff(context, out, before);
        return;
      }
      if (decoded instanceof LastHttpContent) {
        inHead = true;
        answerAwaited = true;
      }
    }
  }

  /** Whether a request has begun to come and has not ended. */
  boolean isWithinARequest() {
    return !answerAwaited && !refused && (!inHead || hasRequestLine || actualReadableBytes() > 0);
  }

  /** Whether there are bytes of a next request, which is not read before the last is answered. */
  boolean holdsBack() {
    return answerAwaited && actualReadableBytes() > 0;
  }

  /** The last request is answered. */
  void answered() {
    answerAwaited = false;
  }

  /** The decoder's own would read more when nothing could be made of what was read. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    if (answerAwaited) {
      discardSomeReadBytes();
      context.fireChannelReadComplete();
    } else {
      super.channelReadComplete(context);
    }
  }

  /** Netty would go by the transfer coding and forget the length. */
  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    hasTwoLengths = true;
  }

  private @Nullable String objection(HttpRequest request) {
    if (request.uri().chars().anyMatch(character -> character <= ' ' || character == DELETE)) {
      return "The target holds a control character";
    }
    if (!isPercentEncoded(request.uri()) || !isUri(request.uri())) {
      return "The target is not percent-encoded as it should be";
    }
    String method = request.method().name();
    if (!method.equals(method.toUpperCase(Locale.ROOT))) {
      return "The method is in small letters"; // RFC 9110 §9.1: get is not GET
    }
    HttpHeaders headers = request.headers();
    int hosts = headers.getAll(HttpHeaderNames.HOST).size();
    if (hosts > 1 || (hosts == 0 && request.protocolVersion().equals(HttpVersion.HTTP_1_1))) {
      return "There is not exactly one Host";
    }
    List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    boolean chunkedAlone =
        codings.size() == 1 && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.getFirst());
    if (!codings.isEmpty() && !chunkedAlone) {
      return "The transfer coding is not chunked";
    }
    return hasTwoLengths ? "The body has two lengths" : null;
  }

  private static boolean isUri(String target) {
    try {
      URI parsed = new URI(target);
      return parsed.getRawFragment() == null; // RFC 9112 §3.2
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** RFC 3986 §2.1: a percent sign is followed by two hexadecimal digits. */
  private static boolean isPercentEncoded(String target) {
    for (int sign = target.indexOf('%'); sign >= 0; sign = target.indexOf('%', sign + 1)) {
      if (sign + 2 >= target.length()
          || Character.digit(target.charAt(sign + 1), 16) < 0
          || Character.digit(target.charAt(sign + 2), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Of a request that Netty could not read to its end nothing is asked but how to refuse it: as a
   * GET (to a HEAD, the framework has no answer of ours), and for the last time on its connection,
   * on which nothing is read any more.
   */
  private static void makeAnswerable(HttpRequest request) {
    request.setMethod(HttpMethod.GET);
    request.setProtocolVersion(HttpVersion.HTTP_1_0);
    if (!isUri(request.uri())) {
      request.setUri(harmless(request.uri()));
    }
  }

  /** What of a target is good enough to tell in which form its refusal is read. */
  private static String harmless(String target) {
    Matcher beginning = HARMLESS.matcher(target);
    return beginning.lookingAt() ? beginning.group() : ROOT;
  }

  /** After this, an empty line ends the head; before, it is skipped (RFC 9112 §2.2). */
  @Override
  protected HttpMessage createMessage(String[] requestLine) throws Exception {
    hasRequestLine = true;
    return super.createMessage(requestLine);
  }

  /**
   * Whether a line of the head, as far as it has come and is not read yet, begins with white space.
   */
  private boolean hasFoldedLine(ByteBuf in) {
    boolean emptyLineEnds = hasRequestLine;
    int lineStart = in.readerIndex();
    while (lineStart < in.writerIndex()) {
      byte first = in.getByte(lineStart);
      if (first == ' ' || first == '\t') {
        return true;
      }
      int end = in.indexOf(lineStart, in.writerIndex(), (byte) '\n');
      boolean empty = end == lineStart || (end == lineStart + 1 && first == '\r');
      if (end < 0 || (empty && emptyLineEnds)) {
        // what follows may be a body, of which nothing is to be said here
        return false;
      }
      emptyLineEnds |= !empty;
      lineStart = end + 1;
    }
    return false;
  }

  /** Netty's own way to say that a request is none: answered by 400, and the connection ends. */
  private void refuse(String objection, String path, List<Object> out, int from) {
    discard(out, from);
    refused = true;
    HttpMessage invalid =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_0, HttpMethod.GET, path, Unpooled.EMPTY_BUFFER);
    invalid.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(objection)));
    out.add(invalid);
  }

  /**
   * The head was good and may be being served; what has come of the body must not be taken for all
   * of it.
   */
  private void breakOff(ChannelHandlerContext context, List<Object> out, int from) {
    discard(out, from);
    refused = true;
    var _ = context.close();
  }

  private static void discard(List<Object> out, int from) {
    while (out.size() > from) {
      ReferenceCountUtil.release(out.removeLast());
    }
  }
}
