import fc from 'fast-check';
import { drawable, imageSize } from './image-size';

const png = (width: number, height: number): Uint8Array => {
  const bytes = Buffer.alloc(33);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).copy(bytes);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
};
/** One segment before the frame. */
const jpeg = (width: number, height: number): Uint8Array => {
  const frame = Buffer.from([0xff, 0xc2, 0, 11, 8, 0, 0, 0, 0, 1, 0, 0, 0]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2]), frame]);
};

it('reads PNG and JPEG of any size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 65_535 }), fc.integer({ min: 0, max: 65_535 }), (width, height) => {
      expect(imageSize(png(width, height))).toEqual({ type: 'image/png', width, height });
      expect(imageSize(jpeg(width, height))).toEqual({ type: 'image/jpeg', width, height });
    }),
  );
});

it('gives null for anything else, and never fails or runs on', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => expect(imageSize(bytes)).toBeNull()));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (rest) => {
      imageSize(Buffer.concat([Buffer.from([0xff, 0xd8]), rest]));
    }),
  );
});

it.each([
  [1, 1, true],
  [8_000, 6_000, true],
  [0, 5, false],
  [12_001, 1, false],
  [50_000, 50_000, false],
  [12_000, 12_000, false],
])('%i × %i may be drawn: %s', (width, height, may) => {
  expect(drawable({ type: 'image/png', width, height })).toBe(may);
});
