import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import { type Fact, known } from '../../model/fact.ts';
import type { InventoryRecord } from '../../model/inventory.ts';
import { type PrivilegeLevel, fact, privilegeLevels } from '../../model/record.ts';
import type { Subject } from '../../model/subject.ts';
import { fail, notApplicable, pass } from '../../model/verdict.ts';
import { lacking } from '../facts.ts';
import { allTests } from '../logic.ts';
import { type Predicate, type Test, claimArg } from '../predicate.ts';

export const PrivilegeArgs = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    atMost: { enum: privilegeLevels, description: 'It reaches no further than this level.' },
    declared: {
      ...claimArg,
      description: 'It reaches no further than its owners declare by the tag `privilege`. Not applicable where they declare nothing.',
    },
  },
} as const satisfies JSONSchema;
export type PrivilegeArgs = FromSchema<typeof PrivilegeArgs>;

export const privilege = {
  says: 'It can do no more than it should. Levels, from most to least: admin, escalation (can make itself admin), write, read, none.',
  subjects: ['credential', 'identity', 'grant'],
  args: PrivilegeArgs,
  looser: { atMost: 'earlier', declared: 'removed' },
  test({ atMost, declared }) {
    return allTests<Subject>([...(atMost === undefined ? [] : [isWithin(atMost)]), ...(declared === undefined ? [] : [isAsDeclared])]);
  },
} satisfies Predicate<PrivilegeArgs>;

function isWithin(limit: PrivilegeLevel): Test {
  return ({ record }) => {
    const reach = reachOf(record);
    if (reach.state !== 'known') return lacking('privilege', reach);
    return isAbove(reach.value, limit) ? fail({ code: 'privilege-above', observed: reach.value, limit, ...shown(record) }) : pass;
  };
}

const isAsDeclared: Test = ({ record, declaredPrivilege: declared }) => {
  if (declared.state === 'absent') return notApplicable;
  if (declared.state === 'unknown') return lacking('declaredPrivilege', declared);
  const reach = reachOf(record);
  if (reach.state !== 'known') return lacking('privilege', reach);
  return isAbove(reach.value, declared.value)
    ? fail({ code: 'privilege-drift', observed: reach.value, declared: declared.value, ...shown(record) })
    : pass;
};

/** That there is none is the lowest level. */
function reachOf(record: InventoryRecord): Fact<PrivilegeLevel> {
  const reach = fact(record, 'privilege');
  return reach.state === 'absent' ? known('none') : reach;
}

function isAbove(level: PrivilegeLevel, limit: PrivilegeLevel): boolean {
  return privilegeLevels.indexOf(level) < privilegeLevels.indexOf(limit);
}

/** The provider's statements behind the level: enough to see why. */
function shown({ privileges = [] }: InventoryRecord): { readonly because: readonly string[] } {
  return { because: privileges.slice(0, 3) };
}
