import { Kind, parse, print, visit } from 'graphql';
import type { ConstDirectiveNode, ConstValueNode, ObjectTypeDefinitionNode } from 'graphql';

/** Any one of these lists, whole: what a caller needs for a field, as `@requiresScopes(scopes: [[...], ...])` says. */
export type ScopesNeeded = readonly (readonly string[])[];

export interface GuardedFields {
  /** The supergraph without the directive, which the gateway's library refuses to load. */
  readonly supergraph: string;
  /** By "Type.field". */
  readonly needed: ReadonlyMap<string, ScopesNeeded>;
}

const DIRECTIVE = 'requiresScopes';
const SCOPE = 'requiresScopes__Scope';

/** Takes `@requiresScopes` out of a supergraph, so that Medley can enforce it by itself. */
export function guardedFields(supergraph: string): GuardedFields {
  const needed = new Map<string, ScopesNeeded>();
  const stripped = visit(parse(supergraph), {
    ObjectTypeDefinition: (type) => {
      for (const [field, scopes] of scopesOf(type)) needed.set(`${type.name.value}.${field}`, scopes);
    },
    Directive: (directive) => (isOfScopes(directive as ConstDirectiveNode) ? null : undefined),
    DirectiveDefinition: ({ name }) => (name.value === DIRECTIVE ? null : undefined),
    ScalarTypeDefinition: ({ name }) => (name.value === SCOPE ? null : undefined),
  });
  return { supergraph: print(stripped), needed };
}

function scopesOf({ fields = [] }: ObjectTypeDefinitionNode): readonly (readonly [string, ScopesNeeded])[] {
  return fields.flatMap(({ name, directives = [] }) => {
    const scopes = directives.find((directive) => directive.name.value === DIRECTIVE)?.arguments?.[0]?.value;
    return scopes ? [[name.value, listed(scopes).map((all) => listed(all).map(textOf))] as const] : [];
  });
}

function isOfScopes({ name, arguments: given = [] }: ConstDirectiveNode): boolean {
  return (
    name.value === DIRECTIVE ||
    (name.value === 'link' && given.some(({ value }) => textOf(value).includes(`/${DIRECTIVE}/`)))
  );
}

function listed(value: ConstValueNode): readonly ConstValueNode[] {
  return value.kind === Kind.LIST ? value.values : [value];
}

function textOf(value: ConstValueNode): string {
  return value.kind === Kind.STRING ? value.value : '';
}
