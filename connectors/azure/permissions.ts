// https://learn.microsoft.com/en-us/graph/permissions-reference
import type { Operation, Surface } from '../../src/connector/contract.ts';
import { missingFrom } from './granted.ts';
import { NotGrantedError, classify } from './refusal.ts';
import type { Session } from './session.ts';

/**
 * Names what the login's own token lacks where Graph refuses: its answer says only that privileges are insufficient. It is asked all the
 * same, since broader permissions than those declared answer too, and no list of them would stay whole. A call that is refused for some
 * facts alone is said on the row of the surface too.
 */
export function permitted(surface: Surface<Session>): Surface<Session> {
  const forFacts = surface.operations.filter(({ facts }) => facts !== undefined);
  const forAll = surface.operations.filter(({ facts }) => facts === undefined);
  return {
    ...surface,
    async *list(session, look) {
      const lost: unknown[] = [];
      try {
        yield* surface.list(session, { ...look, learn: (read) => look.learn(() => named(read, forFacts, session, lost)) });
      } catch (error) {
        throw await explained(error, forAll, session);
      } finally {
        if (lost.length > 0) look.remark(lossIn(lost));
      }
    },
  };
}

async function named<T>(read: () => Promise<T>, operations: readonly Operation[], session: Session, lost: unknown[]): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const reason = await explained(error, operations, session);
    lost.push(reason);
    throw reason;
  }
}

/** The first stands for all: they mostly say the same, of one object after the other. */
function lossIn([first, ...more]: readonly unknown[]): string {
  const refusal = classify(first);
  const others = more.length === 0 ? '' : ` (and ${String(more.length)} more)`;
  return `some facts are unknown, since a call for them was refused: ${refusal?.detail ?? ''}${others}`;
}

async function explained(error: unknown, operations: readonly Operation[], session: Session): Promise<unknown> {
  const refusal = classify(error);
  if (refusal?.why !== 'permission-denied' || refusal.requires !== undefined) return error;
  const granted = await session.granted();
  // For a person it says what the program may do for them; what they may do themselves is decided by roles.
  const missing = granted?.isPerson === false ? missingFrom(granted, permissionsOf(operations)) : [];
  return missing.length === 0 ? error : new NotGrantedError(refusal, missing, { cause: error });
}

function permissionsOf(operations: readonly Operation[]): readonly string[] {
  return operations.map(({ permission }) => permission);
}

/** What the login lacks of the permissions, before anything is asked; undefined where its token does not say, or there is none for Graph. */
export async function lackingOf(session: Session, permissions: readonly string[]): Promise<readonly string[] | undefined> {
  try {
    const granted = await session.granted();
    return granted && missingFrom(granted, permissions);
  } catch (error) {
    if (classify(error) === undefined) throw error;
    return undefined;
  }
}
