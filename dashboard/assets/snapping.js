/* What a measured point lies on: a place, a state border or another drawn line, and how far that may be off. */
"use strict";

window.KarabakhSnapping = (() => {
  const WITHIN = 12; // px on the screen
  const FINE = 18; // zoom at which lines are compared: finer than any that is shown
  const SAME_LINE = 1; // px: two lines so near each other are one line drawn twice, and the border goes first
  const OF_THE_LINE_M = 600; // a feature's outline is made of lines; one within this distance of it

  function bind(map, data) {
    const { borders, metres, lines } = data.uncertainty;
    let inner = null; // the lines that outlines are made of, unpacked when first needed
    return { snap, nearestOnLine };

    /** What lies within 12 px: {latlng, id, kind: place | border | line, metres}; else {latlng, kind: "free", metres: null}. */
    function snap(latlng) {
      const reach = WITHIN * map.getZoomScale(FINE, map.getZoom());
      const at = map.project(latlng, FINE);
      const place = best(places().map((each) => ({ ...each, away: at.distanceTo(map.project(each.latlng, FINE)) })));
      if (place?.away <= reach) return { latlng: place.latlng, id: place.id, kind: "place", metres: metres[place.id] ?? null };
      const found = drawn().map((line) => ({ ...line, ...closest(at, line.rings) }));
      const [border, line] = [best(found.filter(({ kind }) => kind === "border")), best(found)];
      const same = SAME_LINE * map.getZoomScale(FINE, map.getZoom());
      const chosen = border && border.away <= line.away + same ? border : line;
      if (!chosen || chosen.away > reach) return { latlng, kind: "free", metres: null };
      return onLine(chosen, map.unproject(chosen.point, FINE));
    }

    function onLine({ id, kind }, latlng) {
      return { latlng, id, kind, metres: kind === "border" ? borders[id][0] : metres[id] ?? metresAt(latlng) };
    }

    /** The point nearest to `from` on the line that `point` was snapped to; of a border, on all of it between the two countries. */
    function nearestOnLine(from, point) {
      const sides = ({ id, kind }) => (kind === "border" ? borders[id].slice(1).join() : id);
      const same = drawn().filter((line) => line.kind === point.kind && sides(line) === sides(point));
      const near = same.map((line) => ({ ...line, ...shortest(from, line.rings) }));
      const chosen = best(near);
      return chosen ? onLine(chosen, chosen.latlng) : point;
    }

    /** Places that are named or marked on the map at this zoom. */
    function places() {
      const named = data.labels.filter(({ kind, zooms: [first, last] }) => kind.startsWith("place") && map.getZoom() >= first && map.getZoom() <= last)
        .map(({ id, at }) => ({ id, latlng: L.latLng(at) }));
      const marked = [];
      map.eachLayer((layer) => { if (layer instanceof L.CircleMarker && isFeature(layer)) marked.push({ id: layer.feature.id, latlng: layer.getLatLng() }); });
      return [...marked, ...named];
    }

    /** The lines and outlines on the map: {id, kind, rings}. */
    function drawn() {
      const all = [];
      map.eachLayer((layer) => {
        if (!(layer instanceof L.Polyline) || !layer.feature) return;
        const kind = isFeature(layer) ? "line" : Object.hasOwn(borders, layer.feature.id) && isGround(layer) && "border";
        if (kind) all.push({ id: layer.feature.id, kind, rings: rings(layer.getLatLngs(), layer instanceof L.Polygon) });
      });
      return all;
    }

    function closest(at, all) {
      return best(stretches(all).map(([start, end]) => {
        const point = L.point(KarabakhGeodesy.nearest(at, map.project(start, FINE), map.project(end, FINE)));
        return { point, away: at.distanceTo(point) };
      }));
    }

    /** How far the line that a feature's outline follows here may be off; null if that is none of ours. */
    function metresAt(latlng) {
      inner ??= KarabakhDrawing.draw(lines, { prefix: "" }).getLayers().map((line) => ({ rings: [line.getLatLngs()], metres: line.feature.properties.metres }));
      const near = best(inner.map((line) => ({ ...line, ...shortest(latlng, line.rings) })));
      return near.away <= OF_THE_LINE_M ? near.metres : null;
    }
  }

  /** The geodesically nearest point: on each stretch as in a plane that is true to scale half-way, then by distance. */
  function shortest(from, all) {
    return best(stretches(all).map(([start, end]) => {
      const narrow = Math.cos((from.lat + (start.lat + end.lat) / 2) / 2 * Math.PI / 180);
      const [point, ...ends] = [from, start, end].map(({ lat, lng }) => ({ x: lng * narrow, y: lat }));
      const { x, y } = KarabakhGeodesy.nearest(point, ...ends);
      const latlng = L.latLng(y, x / narrow);
      return { latlng, away: KarabakhGeodesy.distance(from, latlng) };
    }));
  }

  function stretches(all) {
    return all.flatMap((ring) => ring.slice(1).map((end, number) => [ring[number], end]));
  }

  /** Lines of any depth as a list of lines; an area's are closed. */
  function rings(latlngs, isArea) {
    if (Array.isArray(latlngs[0])) return latlngs.flatMap((part) => rings(part, isArea));
    return [isArea ? [...latlngs, latlngs[0]] : latlngs];
  }

  function best(all) {
    return all.reduce((one, other) => (one && one.away <= other.away ? one : other), null);
  }

  function isFeature(layer) {
    return Boolean(layer.options.className?.startsWith("feature ") && layer.feature);
  }

  function isGround(layer) {
    return Boolean(layer.options.className?.startsWith("ground "));
  }

  return { bind };
})();
