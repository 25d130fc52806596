import { type YamlDocument, parseDocuments } from '../../document/parse.ts';
import { mistakesIn } from '../../document/validate.ts';
import { eachOrMistakes } from '../../model/all-mistakes.ts';
import { type Mistake, OperatorError } from '../../model/operator-error.ts';
import { printable } from '../../model/printable.ts';
import { type Group, type RegistryUser, type Workload, lifecycleUnspecified } from '../../model/source.ts';
import { anyEntitySchema, type Entity, entitySchemas } from './backstage-schema.ts';
import { entityRef, refText } from '../entity-ref.ts';
import { sourceInfo } from '../source-text.ts';
import type { Registry, WorkloadFormat } from './format.ts';

/** Catalog descriptors, one or many documents a file. */
export const backstage: WorkloadFormat = { title: 'Backstage catalog, YAML', read: readBackstage };

/** An entity that has been read, with its reference and its line. */
type Placed = { readonly id: string; readonly source: string; readonly document: YamlDocument; readonly entity: Entity };

/**
 * Reads Backstage descriptors: Component, System and Resource are workloads, Group and User lead to people; every other kind is counted.
 * `now` in milliseconds. Throws OperatorError `yaml-invalid` or `source-invalid` with every document that cannot be read.
 */
function readBackstage(...[files, settings, now]: Parameters<WorkloadFormat['read']>): Registry {
  const documents = eachOrMistakes(files, ({ file, text }) => parseDocuments(file, text)).flat();
  const ignored: Record<string, number> = {};
  const placed: Placed[] = [];
  const mistakes: Mistake[] = [];
  for (const document of documents) {
    const kind = kindOf(document);
    const schema = kind === undefined ? anyEntitySchema : entitySchemas[kind.toLowerCase()];
    const found = schema ? mistakesIn(document, document.value, schema) : [];
    mistakes.push(...found);
    if (kind === undefined || found.length > 0) continue;
    if (schema) placed.push(place(document));
    else ignored[printable(kind)] = (ignored[printable(kind)] ?? 0) + 1;
  }
  mistakes.push(...doubled(placed));
  if (mistakes.length > 0) throw new OperatorError('source-invalid', mistakes);
  const of = (...kinds: readonly string[]) => placed.filter(({ id }) => kinds.some((kind) => id.startsWith(`${kind}:`)));
  const users = of('user');
  return {
    ...sourceInfo(files, placed.length, settings, now),
    entries: of('component', 'system', 'resource').map(workload),
    groups: groupsOf(of('group'), users),
    users: users.map(user),
    ignored,
  };
}

function kindOf({ value }: YamlDocument): string | undefined {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
  return typeof kind === 'string' && kind !== '' ? kind : undefined;
}

/** The schema of its kind has accepted it. */
function place(document: YamlDocument): Placed {
  const entity = document.value as Entity;
  const { line = 1 } = document.position([]);
  const { name, namespace = 'default' } = entity.metadata;
  const id = refText({ kind: entity.kind.toLowerCase(), namespace: namespace.toLowerCase(), name: name.toLowerCase() });
  return { id, source: `${document.file}:${String(line)}`, document, entity };
}

function doubled(placed: readonly Placed[]): Mistake[] {
  const first = new Map<string, Placed>();
  return placed.flatMap((each) => {
    const other = first.get(each.id);
    if (!other) first.set(each.id, each);
    return other
      ? [
          {
            message: `${printable(each.id)} is already described at ${other.source}`,
            position: each.document.position(['metadata', 'name']),
          },
        ]
      : [];
  });
}

function workload({ id, source, entity: { metadata, spec } }: Placed): Workload {
  const owner = spec?.owner === undefined ? undefined : fullRef(spec.owner, 'group', metadata.namespace);
  return { id, source, name: metadata.name, lifecycle: spec?.lifecycle ?? lifecycleUnspecified, ...(owner === undefined ? {} : { owner }) };
}

/** An e-mail address is no reference, but people write it where one belongs. */
function fullRef(text: string, kind: string, namespace: string | undefined): string {
  const ref = text.includes('@') ? undefined : entityRef(text, kind, namespace);
  return ref ? refText(ref) : text;
}

function user({ id, source, entity: { spec } }: Placed): RegistryUser {
  return { id, source, ...(spec?.profile?.email === undefined ? {} : { email: spec.profile.email }) };
}

/** Both sides may say who is in a group: the group its members and children, the user or the child where it belongs. */
function groupsOf(groups: readonly Placed[], users: readonly Placed[]): readonly Group[] {
  const members = new Map<string, Set<string>>();
  const join = (group: string, member: string) => members.set(group, (members.get(group) ?? new Set<string>()).add(member));
  for (const { id, entity } of groups) {
    const { namespace } = entity.metadata;
    for (const member of entity.spec?.members ?? []) join(id, fullRef(member, 'user', namespace));
    for (const child of entity.spec?.children ?? []) join(id, fullRef(child, 'group', namespace));
    if (entity.spec?.parent !== undefined) join(fullRef(entity.spec.parent, 'group', namespace), id);
  }
  for (const { id, entity } of users) {
    for (const group of entity.spec?.memberOf ?? []) join(fullRef(group, 'group', entity.metadata.namespace), id);
  }
  return groups.map(({ id, source, entity }) => ({
    id,
    source,
    name: entity.metadata.name,
    members: [...(members.get(id) ?? [])],
    ...(entity.spec?.profile?.email === undefined ? {} : { email: entity.spec.profile.email }),
  }));
}
