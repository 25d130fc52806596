import type { Rule } from './rule.ts';

/** `x as unknown as T` makes the compiler believe anything. */
export const noDoubleCast: Rule = {
  create: (context) => ({
    TSAsExpression(node) {
      const { expression } = node;
      if (expression.type !== 'TSAsExpression' || expression.typeAnnotation.type !== 'TSUnknownKeyword') return;
      context.report({
        node,
        message: 'A cast by way of unknown turns the types off. Narrow the value, or give it its type where it is made.',
      });
    },
  }),
};
