import { type YamlDocument, parseDocuments } from '../../document/parse.ts';
import { mistakesIn } from '../../document/validate.ts';
import { eachOrMistakes } from '../../model/all-mistakes.ts';
import { OperatorError } from '../../model/operator-error.ts';
import type { Group, Workload } from '../../model/source.ts';
import { collisions } from '../collisions.ts';
import { sourceInfo, sourceOf } from '../source-text.ts';
import type { Registry, WorkloadFormat } from './format.ts';
import { ownerRef, workloadId } from './workload-id.ts';
import { type RegistryFile, RegistrySchema } from './yaml-schema.ts';

/** Workloads and groups in our own words: `schemas/workloads.schema.json`. */
export const yaml: WorkloadFormat = { title: 'plain YAML', read: readRegistry };

function readRegistry(...[files, settings, now]: Parameters<WorkloadFormat['read']>): Registry {
  const documents = eachOrMistakes(files, ({ file, text }) => parseDocuments(file, text)).flat();
  const mistakes = documents.flatMap((document) => mistakesIn(document, document.value, RegistrySchema));
  if (mistakes.length === 0)
    mistakes.push(...collisions(documents.flatMap(workloadNames), 'workload'), ...collisions(documents.flatMap(groupNames), 'group'));
  if (mistakes.length > 0) throw new OperatorError('source-invalid', mistakes);
  const [entries, groups] = [documents.flatMap(workloadsIn), documents.flatMap(groupsIn)];
  const lacksGroups = documents.every(({ value }) => (value as RegistryFile).groups === undefined);
  return {
    ...sourceInfo(files, entries.length + groups.length, settings, now),
    entries,
    groups,
    ...(lacksGroups ? { lacksGroups } : {}),
  };
}

/** The schema has accepted the document, here and below. */
function workloadsIn(document: YamlDocument): readonly Workload[] {
  const { workloads = [] } = document.value as RegistryFile;
  return workloads.map(({ name, aliases, lifecycle, owner, businessOwner }, at) => ({
    id: workloadId(name),
    source: lineOf(document, ['workloads', at]),
    name,
    lifecycle,
    ...(owner === undefined ? {} : { owner }),
    ...(businessOwner === undefined ? {} : { businessOwner }),
    ...(aliases === undefined ? {} : { aliases }),
  }));
}

function groupsIn(document: YamlDocument): readonly Group[] {
  const { groups = [] } = document.value as RegistryFile;
  return groups.map(({ name, email, members }, at) => ({
    id: ownerRef(name),
    source: lineOf(document, ['groups', at]),
    name,
    members,
    ...(email === undefined ? {} : { email }),
  }));
}

function lineOf(document: YamlDocument, path: readonly (string | number)[]): string {
  const { file, line = 1 } = document.position(path);
  return sourceOf({ file, line });
}

function workloadNames(document: YamlDocument) {
  const { workloads = [] } = document.value as RegistryFile;
  return workloads.map(({ name, aliases = [] }, at) => ({
    position: document.position(['workloads', at, 'name']),
    names: [['name', name] as const, ...aliases.map((alias) => ['alias', alias] as const)],
  }));
}

function groupNames(document: YamlDocument) {
  const { groups = [] } = document.value as RegistryFile;
  return groups.map(({ name, email }, at) => ({
    position: document.position(['groups', at, 'name']),
    names: [['name', name] as const, ['email', email] as const],
  }));
}
