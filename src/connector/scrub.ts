import { createHash } from 'node:crypto';
import { type ExchangeBody, bodyValue } from './recording.ts';

export const scrubbed = '[scrubbed]';

const secretNames =
  /^(?:access_?token|refresh_?token|id_?token|token|session_?token|secret|secret_?access_?key|secret_?text|secret_?string|secret_?binary|secret_?key|client_?secret(?:_?value)?|client_?assertion|assertion|saml_?assertion|web_?identity_?token|password|service_?password|private_?key(?:_?data)?|hashed_token|token_last_eight|hint|jwt|sas|connection_?string|key_?string|base32_?string_?seed|qr_?code_?png|authorization)$/i;

/** Shapes of live secrets. Identifiers such as AWS access key ids and public fingerprints are not among them. */
export const secretShapes: readonly RegExp[] = [
  /\bgh[pousr]_[A-Za-z0-9]{20,}/,
  /\bgithub_pat_[A-Za-z0-9_]{20,}/,
  /\bglpat-[A-Za-z0-9_-]{18,}/,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  /\bAIza[A-Za-z0-9_-]{35}/,
  /\bya29\.[A-Za-z0-9_-]{20,}/,
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /[?&](?:sig|X-Amz-Signature|X-Amz-Security-Token)=[A-Za-z0-9%+/=]{16,}/i,
  /\bda[12]-[a-z0-9]{26}\b/,
  /\b[A-Za-z0-9]{3}8Q~[A-Za-z0-9_.~-]{31,34}/,
];

/** The id by which AppSync lists an API key is the key itself. What is left of it still tells the keys of one API apart. */
const appSyncKey = /\bda[12]-[a-z0-9]{26}\b/g;

export function looksSecret(text: string): boolean {
  return secretShapes.some((shape) => shape.test(text));
}

const keptHeaders =
  /^(?:content-type|date|link|etag|retry-after|www-authenticate|location|x-ratelimit-.+|x-accepted-.+|x-oauth-scopes|x-github-(?:request-id|api-version.*|sso)|x-ms-(?:request-id|user-quota-.+|tenant-subscription-.+|resource-unit|throttle-.+)|request-id|x-amzn-(?:requestid|errortype)|consistencylevel)$/;

export function scrubHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => keptHeaders.test(name)));
}

/** Signatures and tokens out of an address. */
export function scrubUrl(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  for (const name of [...url.searchParams.keys()]) {
    if (/^(?:x-amz-|sig$|signature$|access_token$|token$)/i.test(name)) url.searchParams.delete(name);
  }
  return url.href;
}

export function scrubBody(body: string): ExchangeBody {
  const value = bodyValue(body);
  if (typeof value === 'object' && value !== null && 'lines' in value) {
    return { lines: scrubText(body).split('\n') };
  }
  return scrubValue(value);
}

function scrubValue(value: unknown): unknown {
  if (typeof value === 'string') return scrubShapes(value);
  if (Array.isArray(value)) return value.map(scrubValue);
  if (typeof value !== 'object' || value === null) return value;
  const isWebhook = 'insecure_ssl' in value;
  // Nobody is kept from writing a password into a named value of API Management without marking it as secret.
  const isNamedValue = 'secret' in value && typeof value.secret === 'boolean';
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => {
      if (isWebhook && name === 'url' && typeof each === 'string') return [name, withoutPath(each)];
      if (isNamedValue && name === 'value' && typeof each === 'string') return [name, scrubbed];
      return [name, secretNames.test(name) && typeof each === 'string' ? scrubbed : scrubValue(each)];
    }),
  );
}

/** Whoever knows the address of a webhook's receiver can often send to it: the path is its password. */
function withoutPath(address: string): string {
  if (!URL.canParse(address)) return scrubbed;
  const { origin, href } = new URL(address);
  return href === `${origin}/` ? address : `${origin}/${scrubbed}`;
}

/** XML elements and form fields with secret names, then anything with the shape of a secret. */
function scrubText(text: string): string {
  const withoutElements = text.replace(/<(\w+)>([^<]+)<\/\1>/g, (whole, name: string) =>
    secretNames.test(name) ? `<${name}>${scrubbed}</${name}>` : whole,
  );
  const withoutFields = withoutElements.replace(/(^|&)(\w+)=([^&\s]*)/g, (whole, before: string, name: string) =>
    secretNames.test(name) ? `${before}${name}=${encodeURIComponent(scrubbed)}` : whole,
  );
  return scrubShapes(withoutFields);
}

function scrubShapes(text: string): string {
  const apart = text.replaceAll(
    appSyncKey,
    (key) => `${key.slice(0, 3)}-scrubbed-${createHash('sha256').update(key).digest('hex').slice(0, 12)}`,
  );
  return secretShapes.reduce((rest, shape) => rest.replace(new RegExp(shape.source, `${shape.flags.replace('g', '')}g`), scrubbed), apart);
}
