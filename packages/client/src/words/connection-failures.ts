/** Why a connection failed, in words that say what to do, for what Node, OpenSSL and the WebSocket package say of it. */

export interface ConnectionFailure {
  /** `Error.code`, as in ECONNREFUSED; undefined where there is none. */
  readonly code: string | undefined;
  readonly message: string;
  /** The address begins with `wss:`. */
  readonly isTls: boolean;
  /** The WebSocket was open before. */
  readonly wasOpen: boolean;
}

const LONGEST_MESSAGE = 120;
const NO_HUB = "what answers there is no hub";

/** A clause without a stop, as in `nobody listens there`; it stands after "cannot be reached:". */
export function connectionWordsOf(failure: ConnectionFailure): string {
  const { code = "", message, isTls, wasOpen } = failure;
  if (NETWORK[code] !== undefined) return NETWORK[code];
  if (CERTIFICATES[code] !== undefined) return CERTIFICATES[code];
  if (code === "ECONNRESET" || code === "EPIPE") {
    const wanted = isTls ? "it speaks no TLS: try ws:// in place of wss://" : "it speaks TLS: try wss://";
    return wasOpen ? "the connection was cut" : `the connection was cut; perhaps ${wanted}`;
  }
  // What came in place of TLS was no TLS.
  if (
    code === "ERR_SSL_WRONG_VERSION_NUMBER" ||
    /wrong version number|packet length too long|http request/.test(message)
  )
    return "it speaks no TLS: write ws:// in place of wss://";
  if (code === "EPROTO" || code.startsWith("ERR_SSL_")) return "no TLS connection with it comes about";
  const status = /^Unexpected server response: (\d+)$/.exec(message)?.[1];
  if (status === "429" || status === "503") return `it takes no connection just now (HTTP ${status})`;
  if (status !== undefined) return `${NO_HUB}, but a web server (HTTP ${status})`;
  if (/^Server sent |^Invalid (Sec-WebSocket|Upgrade) /.test(message) || code.startsWith("HPE_")) return NO_HUB;
  if (message === "Opening handshake has timed out")
    return "something listens there, but does not answer as a hub does";
  // An AggregateError of several addresses has no message of its own.
  return (message.split("\n")[0] || code || "the connection failed").slice(0, LONGEST_MESSAGE);
}

const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nobody listens there",
  ENOTFOUND: "no machine of this name is known",
  EAI_AGAIN: "no machine of this name is known",
  ETIMEDOUT: "the machine does not answer",
  EHOSTUNREACH: "the machine does not answer",
  ENETUNREACH: "the machine does not answer",
};

const NOT_TRUSTED =
  "no authority that this machine trusts has signed its certificate; if you trust it, name the file of that certificate or its authority in NODE_EXTRA_CA_CERTS";

/** Codes of OpenSSL's verification, as Node gives them. */
const CERTIFICATES: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: NOT_TRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: NOT_TRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: NOT_TRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: NOT_TRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: NOT_TRUSTED,
  CERT_HAS_EXPIRED: "its certificate has expired; tell its operator",
  CERT_NOT_YET_VALID: "its certificate is not valid yet; is this machine's clock right?",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name than that of the address",
};
