import { type YamlDocument, parseDocuments } from '../document/parse.ts';
import { mistakesIn } from '../document/validate.ts';
import { eachOrMistakes } from '../model/all-mistakes.ts';
import { epoch, instant, instantOrDayEnd } from '../model/instant.ts';
import { type Mistake, OperatorError } from '../model/operator-error.ts';
import { printable } from '../model/printable.ts';
import type { FormerGrant, Waiver } from '../model/waiver.ts';
import { type WaiverEntry, type WaiverFile, waiverFileSchema } from './schema.ts';

export type WaiverText = { readonly file: string; readonly text: string };

/**
 * Reads waiver files. Throws OperatorError `waivers-invalid` (or `yaml-invalid`) with every mistake of form in them. Whether a waiver may count is
 * not a question of form: the book judges that.
 */
export function loadWaivers(files: readonly WaiverText[]): readonly Waiver[] {
  const documents = eachOrMistakes(files, ({ file, text }) => parseDocuments(file, text)).flat();
  const malformed = documents.flatMap((document) => mistakesIn(document, document.value, waiverFileSchema));
  if (malformed.length > 0) throw new OperatorError('waivers-invalid', malformed);
  // The schema has accepted them.
  const placed = documents.flatMap((document) => (document.value as WaiverFile).waivers.map((entry, at) => ({ document, entry, at })));
  const mistakes = [...doubled(placed), ...placed.flatMap(backwards), ...placed.flatMap(miscounted)];
  if (mistakes.length > 0) throw new OperatorError('waivers-invalid', mistakes);
  return placed.map(waiver);
}

type Placed = { readonly document: YamlDocument; readonly entry: WaiverEntry; readonly at: number };

function waiver({ document, entry, at }: Placed): Waiver {
  const { id, policy, subject, reason, requester, approver, granted, expires, ticket, compensatingControl, renewals, former } = entry;
  const { line } = document.position(['waivers', at, 'id']);
  return {
    id,
    policy,
    subject,
    reason: reason.trim(),
    requester,
    approver,
    granted: instant(granted) ?? granted,
    expires: instantOrDayEnd(expires) ?? expires,
    ...(ticket === undefined ? {} : { ticket }),
    ...(compensatingControl === undefined ? {} : { compensatingControl }),
    ...(renewals === undefined ? {} : { renewals }),
    ...(former === undefined ? {} : { former: former.map(formerGrant) }),
    source: line === undefined ? document.file : `${document.file}:${String(line)}`,
  };
}

function formerGrant(grant: FormerGrant): FormerGrant {
  const { granted, expires } = grant;
  return { ...grant, granted: instant(granted) ?? granted, expires: instantOrDayEnd(expires) ?? expires };
}

function doubled(placed: readonly Placed[]): readonly Mistake[] {
  const first = new Map<string, Placed>();
  return placed.flatMap((each) => {
    const { document, entry, at } = each;
    const other = first.get(entry.id);
    if (!other) first.set(entry.id, each);
    if (!other) return [];
    return [
      {
        message: `waiver ${printable(entry.id)} is already at ${waiver(other).source}`,
        hint: 'give it an id of its own; overdue waivers renew gives a waiver more time',
        position: document.position(['waivers', at, 'id']),
      },
    ];
  });
}

function backwards({ document, entry, at }: Placed): readonly Mistake[] {
  const { granted, expires } = waiver({ document, entry, at });
  if (epoch(expires) > epoch(granted)) return [];
  return [
    { message: `waiver ${printable(entry.id)} expires before it is granted`, position: document.position(['waivers', at, 'expires']) },
  ];
}

/** Whoever lists fewer renewals than the file itself shows has lost count, or hides some. */
function miscounted({ document, entry: { id, renewals = 0, former = [] }, at }: Placed): readonly Mistake[] {
  if (renewals >= former.length) return [];
  const grants = former.length === 1 ? '1 former grant' : `${String(former.length)} former grants`;
  return [
    {
      message: `waiver ${printable(id)} has ${grants} and counts ${String(renewals)} renewals`,
      position: document.position(['waivers', at, 'renewals']),
    },
  ];
}
