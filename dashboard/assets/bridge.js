/* Between Python and the reader's frame: Streamlit draws this on each of its pages, and it says which one it is. */
export default function bridge({ data, setTriggerValue }) {
  if (window.KarabakhAround) window.KarabakhAround.show(data.reader, () => setTriggerValue("reconnected", true));
  else location.replace("./"); // an address that is no page of ours
}
