// https://learn.microsoft.com/en-us/graph/permissions-reference
import type { Operation, Surface } from '../../src/connector/contract.ts';
import { NotGrantedError, classify } from './refusal.ts';
import type { Session } from './session.ts';

/**
 * Names what the login's own token lacks where Graph refuses: its answer says only that privileges are insufficient. It is asked all the
 * same, since broader permissions than those declared answer too, and no list of them would stay whole.
 */
export function permitted(surface: Surface<Session>): Surface<Session> {
  const forFacts = surface.operations.filter(({ facts }) => facts !== undefined);
  const forAll = surface.operations.filter(({ facts }) => facts === undefined);
  return {
    ...surface,
    async *list(session, look) {
      try {
        yield* surface.list(session, { ...look, learn: (read) => look.learn(() => named(read, forFacts, session)) });
      } catch (error) {
        throw await explained(error, forAll, session);
      }
    },
  };
}

async function named<T>(read: () => Promise<T>, operations: readonly Operation[], session: Session): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw await explained(error, operations, session);
  }
}

async function explained(error: unknown, operations: readonly Operation[], session: Session): Promise<unknown> {
  const refusal = classify(error);
  if (refusal?.why !== 'permission-denied' || refusal.requires !== undefined) return error;
  const granted = await session.granted();
  const missing = granted ? missingFrom(granted, operations) : [];
  return missing.length === 0 ? error : new NotGrantedError(refusal, missing, { cause: error });
}

/** Azure's roles are not in a token: only permissions of Graph are compared. */
function missingFrom(granted: ReadonlySet<string>, operations: readonly Operation[]): readonly string[] {
  const needed = operations.map(({ permission }) => permission).filter((each) => /^[\w-]+\.Read\.\w+$/.test(each));
  return [...new Set(needed)].filter((each) => !isGranted(each, granted)).toSorted();
}

function isGranted(permission: string, granted: ReadonlySet<string>): boolean {
  return granted.has(permission) || granted.has(permission.replace('.Read.', '.ReadWrite.'));
}
