import type { Rule } from './rule.ts';

const message = 'A catch looks at what it caught and passes on what it does not expect; nothing turns into an empty answer.';

/**
 * Refuses a `catch` that neither uses its error nor throws, and a `.catch()` whose result goes on although its handler takes no error.
 * Fine are a test of the kind "can this be parsed", which answers true or false, and a `.catch()` that stands alone: it only keeps a
 * rejection from counting as unhandled, and its promise is awaited elsewhere.
 */
export const noSwallowingCatch: Rule = {
  create: (context) => ({
    CatchClause(node) {
      const looksAtIt = context.sourceCode.getDeclaredVariables(node).some(({ references }) => references.length > 0);
      const ends = node.body.body.some((statement) => statement.type === 'ThrowStatement' || returnsBoolean(statement));
      if (!looksAtIt && !ends) context.report({ node, message });
    },
    CallExpression(node) {
      const { callee, arguments: handlers } = node;
      const [handler] = handlers;
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier' || callee.property.name !== 'catch') return;
      if (handler?.type !== 'ArrowFunctionExpression' && handler?.type !== 'FunctionExpression') return;
      if (handler.params.length === 0 && !standsAlone(node)) context.report({ node, message });
    },
  }),
};

type Syntax = { readonly type: string; readonly parent?: Syntax | null };

function returnsBoolean(statement: { readonly type: string; readonly argument?: unknown }): boolean {
  const { type, argument } = statement;
  return (
    type === 'ReturnStatement' &&
    typeof argument === 'object' &&
    argument !== null &&
    'value' in argument &&
    typeof argument.value === 'boolean'
  );
}

function standsAlone({ parent }: Syntax): boolean {
  if (parent?.type === 'ChainExpression' || parent?.type === 'UnaryExpression') return standsAlone(parent);
  return parent?.type === 'ExpressionStatement';
}
