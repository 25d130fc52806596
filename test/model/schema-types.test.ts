import type { FromSchema } from 'json-schema-to-ts';
import { expectTypeOf, test } from 'vitest';
import type { Coverage, CoverageSchema } from '../../src/model/coverage.ts';
import type { Credential, CredentialSchema } from '../../src/model/credential.ts';
import type { Grant, GrantSchema } from '../../src/model/grant.ts';
import type { Identity, IdentitySchema } from '../../src/model/identity.ts';
import type { ResultSchema } from '../../src/model/result-schema.ts';
import type { Result } from '../../src/model/result.ts';
import type { Scope, ScopeSchema } from '../../src/model/scope.ts';

type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;

/** Checked by the compiler: what a maker builds is what the published schema accepts. */
test('the types of records and result fit their published schemas', () => {
  expectTypeOf<Credential>().toExtend<Frozen<FromSchema<typeof CredentialSchema>>>();
  expectTypeOf<Identity>().toExtend<Frozen<FromSchema<typeof IdentitySchema>>>();
  expectTypeOf<Grant>().toExtend<Frozen<FromSchema<typeof GrantSchema>>>();
  expectTypeOf<Coverage>().toExtend<Frozen<FromSchema<typeof CoverageSchema>>>();
  expectTypeOf<Scope>().toExtend<Frozen<FromSchema<typeof ScopeSchema>>>();
  expectTypeOf<Result['summary']>().toExtend<Frozen<FromSchema<typeof ResultSchema>>['summary']>();
  expectTypeOf<Result['exit']>().toExtend<Frozen<FromSchema<typeof ResultSchema>>['exit']>();
  expectTypeOf<Result['findings'][number]>().toExtend<Frozen<FromSchema<typeof ResultSchema>>['findings'][number]>();
});
