import type { ListenFault } from "../gateway/listener.ts";

/** Why the hub cannot listen, and what to do about it. */
export function sentenceOfListenFault(fault: ListenFault): string {
  switch (fault.code) {
    case "PORT_IN_USE":
      return `Port ${fault.port} is in use, perhaps by another hub. Stop that one, or take another port with --port.`;
    case "PORT_FORBIDDEN":
      return `Port ${fault.port} is not allowed here. Take one above 1023 with --port.`;
    case "HOST_UNKNOWN":
      return `This machine has no address ${fault.host}. See --host.`;
    case "BAD_CERTIFICATE":
      return `The certificate or its key cannot be used: ${fault.detail}. See --tls-cert and --tls-key.`;
    case "CANNOT_LISTEN":
      return `The hub cannot listen: ${fault.detail}.`;
  }
}
