import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { type Known, type Unknown, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { type Scope, scope } from '../../src/model/scope.ts';
import { type Json, described, namesIn, textIn } from './answer.ts';
import { call } from './operation.ts';
import { classify } from './refusal.ts';
import { type Session, type TreeSession, nameOr } from './session.ts';

// https://cloud.google.com/resource-manager/reference/rest/v3/projects/list

/** No kind of its own: what it lists are the scopes that all else lives in, and whose labels may name an owner. */
export const project: Surface<TreeSession> = defineSurface<TreeSession, Json>({
  id: 'gcp.project',
  title: 'Projects of an organisation or folder',
  source: 'https://cloud.google.com/resource-manager/reference/rest/v3/projects/list',
  level: 'tree',
  kinds: [],
  operations: [
    { call: call.listProjects, permission: 'resourcemanager.projects.list' },
    { call: call.listFolders, permission: 'resourcemanager.folders.list' },
    // A refusal costs no fact: all is asked directly then, and the row says so.
    { call: call.listAssets, permission: 'cloudasset.assets.listResource', facts: [] },
    { call: call.listAssets, permission: 'cloudasset.assets.listIamPolicy', facts: [] },
    // On the project whose quota serves the requests. https://cloud.google.com/asset-inventory/docs/access-control
    { call: call.listAssets, permission: 'serviceusage.services.use', facts: [] },
  ],

  async *list({ scope: place, estate, found }, look) {
    for await (const page of found) {
      const projects: Json[] = [];
      for (const each of page) {
        if ('error' in each) look.gap(each.scope, each.error);
        else projects.push(each.project);
      }
      for (const item of projects.filter(isBeingDeleted))
        look.leave(
          `project/${nameOr(item, 'projectId', 'unnamed')}`,
          'not-enabled',
          'the project is scheduled for deletion: nothing in it works until it is restored',
        );
      yield projects;
    }
    const inventory = await estate.inventory();
    for (const { root, what, error } of inventory?.unread ?? []) {
      if (root !== place) continue;
      look.remark(`${told[what]} are read directly, since Cloud Asset Inventory does not tell of them: ${classify(error)?.detail ?? ''}`);
    }
  },

  normalize: (item, { observedAt }) => [
    toScope(item, `project/${required(textIn(item, 'projectId'), 'projectId')}`, call.listProjects, observedAt),
  ],
});

const told = { resources: 'service accounts and keys', policies: 'roles' } as const;

export function isBeingDeleted(item: Json): boolean {
  return item['state'] === 'DELETE_REQUESTED';
}

/** What Google says of one project that is read without the tree it is in. A refusal costs the labels only. */
export async function learnProject({ google, project: name }: Session, look: Look): Promise<Known<Json> | Unknown> {
  const facts = await look.learn(async () => known(await google.get('cloudresourcemanager', `v3/projects/${name}`, {})));
  return facts.state === 'absent' ? unknown('not-offered') : facts;
}

export function scopeOfProject(facts: Known<Json> | Unknown, session: Session, observedAt: Instant): Scope {
  if (facts.state === 'known') return toScope(facts.value, session.scope, call.getProject, observedAt);
  const evidence = [{ operation: call.getProject, observedAt, fields: [] }];
  return scope({ id: session.scope, provider: 'gcp', name: session.project, tags: facts, evidence, details: {} });
}

function toScope(item: Json, id: string, operation: string, observedAt: Instant): Scope {
  return scope({
    id,
    provider: 'gcp',
    name: textIn(item, 'displayName') ?? textIn(item, 'projectId') ?? id,
    tags: known(namesIn(item, 'labels')),
    evidence: [{ operation, observedAt, fields: ['name', 'tags'] }],
    details: described({ resourceName: textIn(item, 'name'), parent: textIn(item, 'parent'), state: textIn(item, 'state') }),
  });
}
