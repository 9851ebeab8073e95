import { Refusal } from '@app/domain/refusal';
import { checkVersion, etagOf, versionFrom } from './precondition';

function codeOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe('a precondition', () => {
  it('reads its own tag back', () => {
    for (const version of [1, 42, 999_999_999]) expect(versionFrom(etagOf(version))).toBe(version);
  });

  it('is required, and anything but a strong tag of ours fails', () => {
    expect(codeOf(() => versionFrom(undefined))).toBe('precondition_required');
    for (const header of ['', '*', 'v1', '"1"', 'W/"v1"', '"v0"', '"v1", "v2"', '"v99999999999"']) {
      expect(codeOf(() => versionFrom(header))).toBe('precondition_failed');
    }
  });

  it('holds for the current version only', () => {
    expect(codeOf(() => checkVersion(3, 3))).toBeUndefined();
    expect(codeOf(() => checkVersion(4, 3))).toBe('precondition_failed');
  });
});
