/** What is done about it; `rotate` makes the new value or object, and leaves the old one to be disabled and deleted. */
export const remedySteps = ['rotate', 'disable', 'delete'] as const;
export type RemedyStep = (typeof remedySteps)[number];

/**
 * The provider's own command for each step. `{field}` stands for what the record says, quoted for the shell: `{id}`, `{name}`, `{identity}`,
 * `{permission}`, `{details.userPool}`, or a part of its scope such as `{scope.account}`; `{id/-1}` for one of the parts between slashes,
 * counted from the start or, below zero, from the end. Of several commands the first is taken that the record can fill.
 */
export type Remedy = { readonly [S in RemedyStep]?: string | readonly string[] };
