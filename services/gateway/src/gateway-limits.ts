import { z } from 'zod'

const count = (min: number) => z.coerce.number().int().min(min)

/** The limits that keep one client from harming another, each a variable of the environment: default, unit, reason. */
export const gatewayLimits = {
  /** TCP connections, signed in or not. An idle one costs about 20 KiB, so that these fit into a gigabyte. */
  MAX_CONNECTIONS: count(1).default(50_000),
  /** TCP connections from one address. A mobile network may put a city's gateways behind one. */
  MAX_CONNECTIONS_PER_ADDRESS: count(1).default(20_000),
  /** Seconds from TCP connection to a whole CONNECT: who connects and says nothing must not hold a place. */
  CONNECT_SECONDS: count(1).default(10),
  /** Seconds of silence of a client that wants no keep-alive or a longer one; the slowest device reports far oftener. */
  MAX_SILENCE_SECONDS: count(1).default(86_400),
  /** Seconds that a client may read nothing of what is written to it: what is written is kept in memory for it. */
  STALLED_SECONDS: count(1).default(60),
  /** PUBLISHes of one connection that may wait for the log; then no more is read from it until some are stored. */
  MAX_UNACKNOWLEDGED: count(1).default(1_000),
  /** Bytes of one connection that may wait for the log. One payload always may. */
  MAX_CONNECTION_BYTES: count(1).default(1024 * 1024),
  /** Bytes of all connections together that may wait for the log, as they do while NATS is away. */
  MAX_PENDING_BYTES: count(1).default(128 * 1024 * 1024),
  /** PUBLISHes a second of one device, on average, by whatever connections; then they are read later. What a full site gateway needs, ten times. */
  MAX_PUBLISHES_PER_SECOND: count(1).default(20_000),
  /** ms: so much of that may come at once, as time at the full rate. Others wait for that much work at most. */
  PUBLISH_BURST_MS: count(1).default(100),
  /** Seconds of silence of a device that speaks frames over TCP; hoists report every 15 s (GB/T 37537-2019 4.10.1), others each minute. */
  MAX_FRAME_SILENCE_SECONDS: count(1).default(180),
  /** Bytes of a WebSocket frame: it may hold several packets, or a part of one. */
  MAX_WEBSOCKET_FRAME_BYTES: count(1_024).default(1024 * 1024),
  /** Wrong sign-ins before waiting begins, with one user name from one address: people mistype. */
  FREE_GUESSES: count(0).default(3),
  /** The same with one user name, wherever from. */
  FREE_GUESSES_PER_USER: count(0).default(10),
  /** The same from one address: a fleet behind one may hold a few wrong devices. */
  FREE_GUESSES_PER_ADDRESS: count(0).default(30),
  /** ms that the answer to the first wrong sign-in too many waits; each further one waits twice as long. */
  GUESS_PAUSE_MS: count(0).default(100),
  /** ms that it waits at most. */
  GUESS_LONGEST_PAUSE_MS: count(0).default(5_000),
  /** Bytes of a packet other than PUBLISH: a SUBSCRIBE to all of a site's devices is far shorter. */
  MAX_CONTROL_BYTES: count(16).default(64 * 1024),
  /** Filters in one SUBSCRIBE or UNSUBSCRIBE. */
  MAX_FILTERS: count(1).default(1_000),
  /** Subscriptions of one client: each message down is compared with all of them. */
  MAX_SUBSCRIPTIONS: count(1).default(1_000),
  /** Levels of a topic filter; the broker's index has no room for more. */
  MAX_TOPIC_LEVELS: count(4).max(100).default(100),
  /** Messages kept for a client with a persistent session that is away or does not answer. */
  MAX_QUEUED_MESSAGES: count(1).default(1_000),
  /** Messages down to a client that it has not answered; then it is cut. More than are kept for it, or it could never catch up. */
  MAX_INFLIGHT: count(1).default(2_000),
}
