import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import type { Permission } from '@app/domain/access';
import { ALLOW, PUBLIC } from '@app/platform/access';

/** What a handler takes from a request: a whole body, query or set of path parameters, or one named part of it. */
export interface Taken {
  from: 'body' | 'query' | 'param';
  name: string | undefined;
  type: Type | undefined;
}

export interface Route {
  controller: Type;
  handler: string;
  method: string;
  /** With the prefix, and `:name` for parameters. */
  path: string;
  permission: Permission | undefined;
  open: boolean;
  takes: Taken[];
}

const FROM: Partial<Record<number, Taken['from']>> = {
  [RouteParamtypes.BODY]: 'body',
  [RouteParamtypes.QUERY]: 'query',
  [RouteParamtypes.PARAM]: 'param',
};

/** Every controller that a module brings with it. */
export function controllersOf(module: Type, seen = new Set<unknown>()): Type[] {
  if (seen.has(module)) return [];
  seen.add(module);
  const own = (Reflect.getMetadata('controllers', module) ?? []) as Type[];
  const imports = (Reflect.getMetadata('imports', module) ?? []) as (Type | { module: Type })[];
  return [...own, ...imports.flatMap((one) => controllersOf('module' in one ? one.module : one, seen))];
}

/** Every handler of a controller, read from its decorators. */
export function routesOf(controller: Type): Route[] {
  const prototype = controller.prototype as Record<string, object>;
  const handlers = Object.getOwnPropertyNames(prototype).filter(
    (name) => name !== 'constructor' && Reflect.hasMetadata(METHOD_METADATA, prototype[name]),
  );
  return handlers.map((handler) => {
    const mark = <T>(key: string): T | undefined =>
      Reflect.getMetadata(key, prototype[handler]) ?? Reflect.getMetadata(key, controller);
    return {
      controller,
      handler,
      method: RequestMethod[Reflect.getMetadata(METHOD_METADATA, prototype[handler]) as number],
      path: pathOf(
        Reflect.getMetadata(PATH_METADATA, controller),
        Reflect.getMetadata(PATH_METADATA, prototype[handler]),
      ),
      permission: mark<Permission>(ALLOW),
      open: mark<boolean>(PUBLIC) ?? false,
      takes: takenBy(controller, handler),
    };
  });
}

/** Unversioned controllers write their whole path. */
function pathOf(...parts: string[]): string {
  const path = parts.flatMap((part) => part.split('/')).filter(Boolean);
  return `/${(path[0] === 'api' ? path : ['api', 'v1', ...path]).join('/')}`;
}

function takenBy(controller: Type, handler: string): Taken[] {
  const types = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, handler) ?? []) as Type[];
  const taken = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) ?? {}) as Record<
    string,
    { index: number; data?: string }
  >;
  return Object.entries(taken).flatMap(([key, { index, data }]) => {
    const from = FROM[Number(key.split(':')[0])];
    return from ? [{ from, name: data, type: types[index] }] : [];
  });
}
