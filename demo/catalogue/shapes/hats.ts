import type { Figure, Layer, Shapes } from '../drawing/figure.ts';
import { oval, symmetric } from '../drawing/path.ts';

function figure(layers: readonly Layer[], y: number, width: number): Figure {
  return { layers, stand: { on: 'floor', y, width } };
}

export const HATS: Shapes = {
  beanie: (random) => {
    const top = random.between(56, 68);
    const pompom: readonly Layer[] = random.chance(0.5)
      ? [{ d: oval({ x: 128, y: top - 8 }, 20), paint: 'accent', shade: 'soft' }]
      : [];
    const ribs = Array.from({ length: 13 }, (_, at) => `M${62 + at * 11} 158 v42`).join(' ');
    return figure(
      [
        ...pompom,
        {
          d: symmetric([
            [0, top],
            [46, top, 70, 110, 70, 168],
            [0, 168],
          ]),
          paint: 'body',
          shade: 'round',
        },
        {
          d: symmetric([
            [0, 154],
            [70, 154],
            [78, 154, 78, 166],
            [77, 196],
            [74, 202, 66, 202],
            [0, 202],
          ]),
          paint: 'deep',
          shade: 'round',
        },
        { d: ribs, paint: 'dark', width: 1.2 },
      ],
      203,
      78,
    );
  },
  cap: (random) => {
    const top = random.between(74, 84);
    return figure(
      [
        {
          d: `M48 166 C44 ${top + 10} 96 ${top - 10} 128 ${top} C166 ${top + 6} 182 128 180 166 Z`,
          paint: 'body',
          shade: 'round',
        },
        { d: `M118 ${top} Q100 110 102 166 M118 ${top} Q148 110 150 166`, paint: 'dark', width: 1.1 },
        {
          d: 'M96 164 Q150 150 180 156 Q226 164 236 186 Q238 194 226 192 Q176 178 96 184 Z',
          paint: 'accent',
          shade: 'top',
        },
        { d: 'M48 158 Q110 172 180 156 L180 168 Q112 184 48 172 Z', paint: 'deep' },
        { d: oval({ x: 117, y: top }, 6, 4), paint: 'accent' },
      ],
      192,
      92,
    );
  },
  fedora: (random) => {
    const top = random.between(70, 82);
    return figure(
      [
        {
          d: 'M22 176 Q60 160 128 160 Q196 160 234 176 Q226 200 128 202 Q30 200 22 176 Z',
          paint: 'deep',
          shade: 'top',
        },
        {
          d: symmetric([
            [0, top + 12],
            [10, top, 30, top],
            [54, top + 6, 60, 176],
            [30, 186, 0, 186],
          ]),
          paint: 'body',
          shade: 'round',
        },
        {
          d: symmetric([
            [0, 160],
            [34, 160, 58, 150],
            [61, 176],
            [30, 187, 0, 187],
          ]),
          paint: 'accent',
          shade: 'soft',
        },
      ],
      200,
      106,
    );
  },
  'bucket hat': (random) => {
    const top = random.between(80, 90);
    return figure(
      [
        {
          d: symmetric([
            [0, 144],
            [60, 144],
            [92, 176, 98, 192],
            [50, 212, 0, 210],
          ]),
          paint: 'deep',
          shade: 'top',
        },
        {
          d: symmetric([
            [0, top],
            [44, top, 50, top + 8],
            [66, 152],
            [30, 160, 0, 160],
          ]),
          paint: 'body',
          shade: 'round',
        },
        { d: 'M66 152 Q128 170 190 152', paint: 'dark', width: 1.4 },
        { d: 'M56 166 Q128 186 200 166 M46 178 Q128 198 210 178', paint: 'dark', width: 0.9, dash: '4 3' },
      ],
      209,
      98,
    );
  },
  'sun hat': (random) => {
    const top = random.between(84, 96);
    return figure(
      [
        { d: oval({ x: 128, y: 176 }, 112, random.between(30, 38)), paint: 'deep', shade: 'top' },
        { d: oval({ x: 128, y: 172 }, 64, 17), paint: 'dark' },
        {
          d: symmetric([
            [0, top],
            [56, top, 60, 168],
            [34, 182, 0, 182],
          ]),
          paint: 'body',
          shade: 'round',
        },
        {
          d: symmetric([
            [0, 160],
            [38, 160, 58, 150],
            [60, 168],
            [34, 183, 0, 183],
          ]),
          paint: 'accent',
        },
        { d: 'M178 168 q22 8 20 30 M178 168 q10 14 4 32', paint: 'accent', width: 6 },
      ],
      208,
      110,
    );
  },
};
