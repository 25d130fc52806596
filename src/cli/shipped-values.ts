/**
 * What the files in `policies` say, by name. Nothing in a checkout, where they are read and checked in every run, so that whoever changes
 * one sees it; the build puts everything here (test/tools/build/shipped-values.ts), since parsing them takes longer than a small run.
 */
export const shippedValues: ReadonlyMap<string, unknown> = new Map();
