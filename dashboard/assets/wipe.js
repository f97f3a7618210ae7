/* The slider of a map of two drawings: our area left of the line, theirs right of it; the line can be dragged too. */
export default function wipe({ data, parentElement }) {
  const holder = parentElement.querySelector("div");
  if (holder.figure === data.figure) return; // drawn anew with the same map: the line stays where it is
  const input = () => holder.querySelector("input");
  const before = input()?.value;
  holder.figure = data.figure;
  holder.innerHTML = data.figure; // our template's, escaped there
  const svg = holder.querySelector("svg");
  const { width } = svg.viewBox.baseVal;
  const line = svg.querySelector(".meeting");
  if (before) input().value = before;
  input().addEventListener("input", move);
  svg.addEventListener("pointerdown", (event) => { svg.setPointerCapture(event.pointerId); drag(event); });
  svg.addEventListener("pointermove", (event) => { if (event.buttons & 1) drag(event); });
  move();

  function move() {
    const x = (width * input().value) / 100;
    svg.querySelector(".left").setAttribute("width", x);
    svg.querySelector(".right").setAttribute("x", x);
    line.setAttribute("x1", x);
    line.setAttribute("x2", x);
  }

  function drag(event) {
    const box = svg.getBoundingClientRect();
    input().value = (100 * (event.clientX - box.left)) / box.width;
    move();
  }
}
