import type { Position } from '../model/operator-error.ts';
import { type YamlDocument, parseDocuments } from './parse.ts';

/** A document whose value is known before its text is parsed: that is done once somebody asks where something stands. */
export function settledDocument(file: string, value: unknown, text: () => string): YamlDocument {
  let parsed: YamlDocument | undefined;
  const document = () => (parsed ??= parseDocuments(file, text())[0]);
  return {
    file,
    value,
    isSettled: true,
    position: (path, at) => later(file, () => document()?.position(path, at)),
    inside: (path, offset, length) => later(file, () => document()?.inside?.(path, offset, length)),
  };
}

function later(file: string, find: () => Position | undefined): Position {
  let found: Position | undefined;
  const place = () => (found ??= find() ?? { file });
  return {
    file,
    get line() {
      return place().line ?? 1;
    },
    get column() {
      return place().column ?? 1;
    },
    get frame() {
      return place().frame ?? '';
    },
  };
}
