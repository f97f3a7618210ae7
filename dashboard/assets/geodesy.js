/* Distances on the WGS 84 ellipsoid. Points are {lat, lng} in degrees, as Leaflet has them. */
"use strict";

window.KarabakhGeodesy = (() => {
  const [A, F] = [6378137, 1 / 298.257223563]; // the ellipsoid: semi-major axis in metres, flattening
  const B = A * (1 - F);
  const [CLOSE_ENOUGH, MOST_STEPS] = [1e-12, 200]; // radians; it takes about five
  const radians = (degrees) => degrees * Math.PI / 180;

  /** The geodesic distance in metres. T. Vincenty, “Direct and inverse solutions of geodesics on the ellipsoid”, Survey Review 23 (1975); not for points nearly antipodal. */
  function distance(from, to) {
    const [u1, u2] = [from, to].map(({ lat }) => Math.atan((1 - F) * Math.tan(radians(lat)))); // reduced latitudes
    const [sin1, cos1, sin2, cos2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
    const difference = radians(to.lng - from.lng);
    let [lambda, sigma, sinSigma, cosSigma, cosSqAlpha, cosTwiceMiddle] = [difference, 0, 0, 0, 0, 0];
    for (let step = 0, before = Infinity; step < MOST_STEPS && Math.abs(lambda - before) > CLOSE_ENOUGH; step += 1) {
      before = lambda;
      sinSigma = Math.hypot(cos2 * Math.sin(lambda), cos1 * sin2 - sin1 * cos2 * Math.cos(lambda));
      if (sinSigma === 0) return 0; // the same point twice
      cosSigma = sin1 * sin2 + cos1 * cos2 * Math.cos(lambda);
      sigma = Math.atan2(sinSigma, cosSigma);
      const sinAlpha = cos1 * cos2 * Math.sin(lambda) / sinSigma;
      cosSqAlpha = 1 - sinAlpha ** 2;
      cosTwiceMiddle = cosSqAlpha ? cosSigma - 2 * sin1 * sin2 / cosSqAlpha : 0; // along the equator there is no middle
      const c = F / 16 * cosSqAlpha * (4 + F * (4 - 3 * cosSqAlpha));
      lambda = difference + (1 - c) * F * sinAlpha * (sigma + c * sinSigma * (cosTwiceMiddle + c * cosSigma * (2 * cosTwiceMiddle ** 2 - 1)));
    }
    const uSq = cosSqAlpha * (A ** 2 - B ** 2) / B ** 2;
    const a = 1 + uSq / 16384 * (4096 + uSq * (-768 + uSq * (320 - 175 * uSq)));
    const b = uSq / 1024 * (256 + uSq * (-128 + uSq * (74 - 47 * uSq)));
    const first = cosSigma * (2 * cosTwiceMiddle ** 2 - 1);
    const second = b / 6 * cosTwiceMiddle * (4 * sinSigma ** 2 - 3) * (4 * cosTwiceMiddle ** 2 - 3);
    return B * a * (sigma - b * sinSigma * (cosTwiceMiddle + b / 4 * (first - second)));
  }

  /** The point of the stretch from `start` to `end` nearest to `point`, all {x, y} in a plane. */
  function nearest(point, start, end) {
    const [dx, dy] = [end.x - start.x, end.y - start.y];
    const length = dx ** 2 + dy ** 2;
    const part = length ? ((point.x - start.x) * dx + (point.y - start.y) * dy) / length : 0;
    const clipped = Math.min(1, Math.max(0, part));
    return { x: start.x + clipped * dx, y: start.y + clipped * dy };
  }

  /** Points on the great circle between two, so that a long line is drawn where it runs. */
  function between(from, to, count) {
    const [a, b] = [from, to].map(({ lat, lng }) => [Math.cos(radians(lat)) * Math.cos(radians(lng)), Math.cos(radians(lat)) * Math.sin(radians(lng)), Math.sin(radians(lat))]);
    const angle = Math.acos(Math.min(1, a.reduce((sum, part, axis) => sum + part * b[axis], 0)));
    if (angle === 0) return [from, to];
    return Array.from({ length: count + 1 }, (_, number) => {
      const [share, rest] = [Math.sin(angle * number / count), Math.sin(angle * (1 - number / count))];
      const [x, y, z] = a.map((part, axis) => (part * rest + b[axis] * share) / Math.sin(angle));
      return L.latLng(Math.atan2(z, Math.hypot(x, y)) * 180 / Math.PI, Math.atan2(y, x) * 180 / Math.PI);
    });
  }

  return { distance, nearest, between };
})();
