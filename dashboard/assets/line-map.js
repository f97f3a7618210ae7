/* A small map in one of Streamlit's pages, which would take an SVG out of plain HTML. The page has it made and escaped. */
export default function lineMap({ data, parentElement }) {
  const figure = new DOMParser().parseFromString(data.map, "text/html").body.firstElementChild;
  const old = parentElement.querySelector("figure");
  if (old) old.replaceWith(figure);
  else parentElement.append(figure);
}
