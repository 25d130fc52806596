import { MalformedError } from '../../src/connector/refusal.ts';
import type { AccessBoundaries } from './access-boundaries.ts';
import { type Activities, type ActivityType, readActivitiesByProject } from './activity.ts';
import { type Json, textsIn } from './answer.ts';
import { type AssetInventory, readInventory } from './asset-inventory.ts';
import type { DenyPolicies } from './deny-policies.ts';
import type { Reader } from './reader.ts';
import { classify } from './refusal.ts';
import { remembered } from './remembered.ts';

/** What the projects of a run share, each part asked for once. */
export type Estate = {
  readonly google: Reader;
  /** What Cloud Asset Inventory tells; undefined where it is not asked. */
  inventory(): Promise<AssetInventory | undefined>;
  /** The allow policy of `projects/…`, `folders/…` or `organizations/…`. */
  policy(resource: string): Promise<Json>;
  /** What a custom role allows. */
  permissions(role: string): Promise<readonly string[]>;
  /** What Activity Analyzer tells of whole organisations and folders, by project. */
  activities(type: ActivityType): Promise<ReadonlyMap<string, Activities>>;
} & Restraining;
/** What holds access back, where the settings ask for it. */
export type Restraining = { readonly denyPolicies: DenyPolicies | undefined; readonly boundaries: AccessBoundaries | undefined };

export type Wanted = Restraining & { readonly inventory: boolean };

export function openEstate(google: Reader, roots: readonly string[], wanted: Wanted): Estate {
  let inventory: Promise<AssetInventory> | undefined;
  return {
    google,
    async inventory() {
      return wanted.inventory && roots.length > 0 ? (inventory ??= readInventory(google, roots)) : undefined;
    },
    // Conditional bindings are only told from version 3 on. https://cloud.google.com/iam/docs/policies#versions
    policy: remembered((resource) =>
      google.post('cloudresourcemanager', `v3/${resource}:getIamPolicy`, { options: { requestedPolicyVersion: 3 } }),
    ),
    permissions: remembered(async (role) => {
      // The name is of somebody's making, and is the whole path.
      if (!customRole.test(role)) throw new MalformedError('a role whose name is none of a custom role');
      return textsIn(await google.get('iam', `v1/${role}`, {}), 'includedPermissions');
    }),
    activities: remembered((type) => activitiesBelow(google, roots, type)),
    denyPolicies: wanted.denyPolicies,
    boundaries: wanted.boundaries,
  };
}

const customRole = /^(?:projects|organizations)\/[^/]+\/roles\/[^/]+$/;

/**
 * The API has the query for organisations and folders, and its page names the format of projects alone: so nothing is made of a refusal,
 * nor of what is not in the answer. A project that it does not speak of is asked itself.
 * https://cloud.google.com/policy-intelligence/docs/reference/policyanalyzer/rest/v1/organizations.locations.activityTypes.activities/query
 */
async function activitiesBelow(google: Reader, roots: readonly string[], type: ActivityType): Promise<ReadonlyMap<string, Activities>> {
  const all = new Map<string, Activities>();
  for (const root of roots) {
    try {
      const path = `v1/${root}/locations/global/activityTypes/${type}/activities:query`;
      const pages = google.pages('policyanalyzer', path, 'activities', { pageSize: '1000' });
      for (const [project, activities] of await readActivitiesByProject(pages)) all.set(project, activities);
    } catch (error) {
      if (!classify(error)) throw error;
    }
  }
  return all;
}
