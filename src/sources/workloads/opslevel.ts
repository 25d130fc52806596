// https://docs.opslevel.com/docs/opslevel-yml
import { type YamlDocument, parseDocuments } from '../../document/parse.ts';
import { mistakesIn } from '../../document/validate.ts';
import { eachOrMistakes } from '../../model/all-mistakes.ts';
import { type Mistake, OperatorError } from '../../model/operator-error.ts';
import { type Workload, lifecycleUnspecified } from '../../model/source.ts';
import { collisions } from '../collisions.ts';
import { sourceInfo, sourceOf } from '../source-text.ts';
import type { Registry, WorkloadFormat } from './format.ts';
import { ownerRef, workloadId } from './workload-id.ts';

/** The `opslevel.yml` of each repository. Teams live in OpsLevel alone, so the files say nothing of their members. */
export const opslevel: WorkloadFormat = { title: 'OpsLevel `opslevel.yml`', read: readOpslevel };

const text = { type: 'string', minLength: 1 } as const;
const ComponentSchema = {
  type: 'object',
  required: ['name'],
  properties: { name: text, owner: text, lifecycle: text, aliases: { type: 'array', items: text } },
} as const;
type Component = {
  readonly name: string;
  readonly owner?: string;
  readonly lifecycle?: string;
  readonly aliases?: readonly string[];
};
/** `service` is what `component` was called before; `repository` says who owns the code, and nothing of what runs. */
const FileSchema = {
  type: 'object',
  properties: { component: ComponentSchema, service: ComponentSchema },
  anyOf: [{ required: ['component'] }, { required: ['service'] }, { required: ['repository'] }],
  title: 'an OpsLevel file with `component`, `service` or `repository`',
} as const;
type Descriptor = { readonly component?: Component; readonly service?: Component };
type Placed = { readonly document: YamlDocument; readonly key: 'component' | 'service'; readonly component: Component };

function readOpslevel(...[files, settings, now]: Parameters<WorkloadFormat['read']>): Registry {
  const documents = eachOrMistakes(files, ({ file, text: content }) => parseDocuments(file, content, '1.1')).flat();
  const mistakes: Mistake[] = documents.flatMap((document) => mistakesIn(document, document.value, FileSchema));
  const placed = mistakes.length > 0 ? [] : documents.flatMap(components);
  mistakes.push(...collisions(placed.map(named), 'component'));
  if (mistakes.length > 0) throw new OperatorError('source-invalid', mistakes);
  const passedOver = documents.length - new Set(placed.map(({ document }) => document)).size;
  return {
    ...sourceInfo(files, placed.length, settings, now),
    entries: placed.map(workload),
    groups: [],
    lacksGroups: true,
    ...(passedOver === 0 ? {} : { ignored: { repository: passedOver } }),
  };
}

/** The schema has accepted the document. */
function components(document: YamlDocument): readonly Placed[] {
  const { component, service } = document.value as Descriptor;
  return [
    ...(component ? [{ document, key: 'component' as const, component }] : []),
    ...(service ? [{ document, key: 'service' as const, component: service }] : []),
  ];
}

function workload({ document, key, component: { name, owner, lifecycle, aliases } }: Placed): Workload {
  const { file, line = 1 } = document.position([key]);
  return {
    id: workloadId(name),
    source: sourceOf({ file, line }),
    name,
    lifecycle: lifecycle ?? lifecycleUnspecified,
    ...(owner === undefined ? {} : { owner: ownerRef(owner) }),
    ...(aliases === undefined ? {} : { aliases }),
  };
}

function named({ document, key, component: { name, aliases = [] } }: Placed) {
  return {
    position: document.position([key, 'name']),
    names: [['name', name] as const, ...aliases.map((alias) => ['alias', alias] as const)],
  };
}
