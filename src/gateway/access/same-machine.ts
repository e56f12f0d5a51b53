import type { IncomingHttpHeaders } from 'node:http';

/** What proxies add of whom they ask for. */
const PASSED_ON = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'] as const;

/**
 * Whether a program of this machine asks by itself, where nobody else can connect. A proxy in front asks for strangers, and a page in
 * somebody's browser may have its own name lead here (DNS rebinding): that is then the host that it asks. One of another origin
 * that may ask tells where it is from.
 */
export function isOfThisMachine(headers: IncomingHttpHeaders): boolean {
  if (PASSED_ON.some((name) => name in headers)) return false;
  const asked = URL.parse(`http://${headers.host ?? ''}`);
  if (!asked || !isLoopback(hostOf(asked))) return false;
  return headers.origin === undefined || URL.parse(headers.origin)?.host === asked.host;
}

/** Where only programs of this machine can connect. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d+){3}$/.test(host);
}

/** An IPv6 address stands in brackets. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}
