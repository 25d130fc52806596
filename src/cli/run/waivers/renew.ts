import { epoch } from '../../../model/instant.ts';
import { OperatorError } from '../../../model/operator-error.ts';
import { printable } from '../../../model/printable.ts';
import type { Waiver } from '../../../model/waiver.ts';
import { openPage } from '../../../waivers/edit/page.ts';
import { renewed } from '../../../waivers/edit/renew.ts';
import { loadWaivers } from '../../../waivers/load.ts';
import type { Host } from '../../host.ts';
import { type DeskOptions, openDesk } from './desk.ts';
import { type ExpiryOptions, dayOf, lastDay } from './expiry.ts';
import { mustCount } from './must-count.ts';
import { save } from './save.ts';
import { mustHave } from './must-have.ts';

export type RenewOptions = DeskOptions &
  ExpiryOptions & {
    readonly approver: string;
    readonly requester?: string;
    readonly reason?: string;
    readonly ticket?: string;
    readonly dryRun?: true;
  };

/** Gives a waiver more time from today on, approved anew. What it was before stays below it. */
export async function runWaiversRenew(id: string, options: RenewOptions, host: Host): Promise<number> {
  const desk = await openDesk(options, host);
  const { sheet, waiver: former } = mustHave(id, desk);
  const { approver, requester, reason, ticket } = options;
  const granted = dayOf(desk.today);
  const renewal = {
    ...(requester === undefined ? {} : { requester }),
    approver,
    granted,
    expires: lastDay(options, granted),
    ...(reason === undefined ? {} : { reason }),
    ...(ticket === undefined ? {} : { ticket }),
  };
  const text = renewed(openPage(sheet.file, sheet.text), id, renewal);
  mustRunLonger(former, mustCount(id, { file: sheet.file, text }, desk));
  await save({ ...sheet, text }, sheet.text, options, host);
  const [now] = loadWaivers([{ file: sheet.file, text }]).filter((each) => each.id === id);
  await host.stderr.write(
    `${printable(id)} runs until ${dayOf(now?.expires ?? '')} instead of ${dayOf(former.expires)}; renewals: ${String(now?.renewals ?? 0)}\n`,
  );
  return 0;
}

function mustRunLonger(former: Waiver, now: Waiver): void {
  if (epoch(now.expires) > epoch(former.expires)) return;
  throw new OperatorError('waiver-refused', {
    message: `waiver ${now.id} already runs until ${dayOf(former.expires)}`,
    hint: 'nothing was written; to end it sooner, change its last day by hand',
    position: { file: former.source },
  });
}
