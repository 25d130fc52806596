import type { AddCommand } from './add-command.ts';
import { addCollect } from './collect.ts';
import { addDemo } from './demo.ts';
import { addDoctor } from './doctor.ts';
import { addEvaluate } from './evaluate.ts';
import { addExplain } from './explain.ts';
import { addInit } from './init.ts';
import { addInventory } from './inventory.ts';
import { addOwners } from './owners.ts';
import { addPermissions } from './permissions.ts';
import { addPolicy } from './policy.ts';
import { addScan } from './scan.ts';
import { addWaivers } from './waivers.ts';

/** In the order and groups of `--help`. */
export const commands: readonly { readonly group: string; readonly add: AddCommand }[] = [
  { group: 'Audit:', add: addScan },
  { group: 'Audit:', add: addCollect },
  { group: 'Audit:', add: addEvaluate },
  { group: 'Audit:', add: addInventory },
  { group: 'Audit:', add: addExplain },
  { group: 'Audit:', add: addDemo },
  { group: 'Judgement:', add: addPolicy },
  { group: 'Judgement:', add: addOwners },
  { group: 'Judgement:', add: addWaivers },
  { group: 'Set-up:', add: addInit },
  { group: 'Set-up:', add: addDoctor },
  { group: 'Set-up:', add: addPermissions },
];
