// What scripts say, in the page's language.
const english: Record<string, string> = {
  "Mất kết nối, đang thử lại…": "Connection lost, trying again…",
  "Không có mạng": "Offline",
  "Trang không còn tự cập nhật. Có thể phiên làm việc đã hết.": "This page no longer updates by itself. Your session may have ended.",
  "Không tìm thấy gì.": "Nothing found.",
  "Xem tất cả kết quả": "See all results",
  "Dài quá 1.000 ký tự. Mời bớt lại rồi tìm.": "Longer than 1,000 characters. Please shorten it, then search.",
  "Đã nạp": "Loaded",
  "Đang gửi": "Sending",
  "Gửi không được. Mời thử lại.": "Could not be sent. Please try again.",
  "Có bản nháp chưa gửi": "There is an unsent draft",
  "Dùng bản nháp": "Use the draft",
  "Bỏ": "Discard",
  "Đã chép": "Copied",
  "Trang": "Page",
  "Không mở được tệp này.": "This file could not be opened.",
  "Tìm trong văn bản": "Find in the document",
  "Trang trước": "Previous page",
  "Trang sau": "Next page",
  "Phóng to": "Zoom in",
  "Thu nhỏ": "Zoom out",
  "kết quả": "results",
  "Gõ một phần tên để lọc": "Type a part of a name to narrow",
  "Bỏ chọn": "Take away",
  "Không có ai khớp.": "Nobody matches.",
  "Nay là": "Today",
  "Chọn một:": "Choose one:",
  "Đã lưu nháp": "Draft saved",
  "Chưa lưu được nháp": "The draft could not be saved",
  "Trang này mở qua đường truyền không bảo mật nên không bỏ phiếu kín được. Mời mở bằng địa chỉ https.": "This page was opened over an insecure line, so a secret vote is not possible. Please open it by its https address.",
  "Bấm Nhận lá phiếu để máy này giữ một lá phiếu đã đóng dấu.": "Press to have this device keep one stamped ballot paper.",
  "Lá phiếu đã đóng dấu nằm trong máy này. Mời đợi chủ tọa mở bỏ phiếu.": "The stamped paper is in this device. Please wait for the chair to begin the voting.",
  "Bạn đã nhận phiếu trên một máy hoặc trình duyệt khác. Mời bỏ phiếu ở đó.": "You took your paper on another device or browser. Please vote there.",
  "Dấu nhận về không đúng. Mời báo thư ký ngay.": "The stamp that came back is not right. Please tell the secretary at once.",
  "Bạn không nhận phiếu lần này nên không bỏ phiếu được.": "You took no paper this time, so you cannot vote.",
  "Lá phiếu chưa vào hòm. Mời chọn rồi bấm Bỏ phiếu.": "Your paper is not in the box yet. Please choose, then cast it.",
  "Đang bỏ phiếu…": "Casting…",
  "Lá phiếu chưa vào hòm trước khi đóng phiếu.": "The paper was not in the box before the closing.",
  "Chưa gửi được. Lá phiếu vẫn trong máy này, mời bấm lại.": "It could not be sent. The paper is still in this device, please press again.",
  "Lá phiếu đã vào hòm, không kèm tên. Mời đợi đóng phiếu để xem lá phiếu trên bảng công bố.": "Your paper is in the box, without a name. Wait for the closing to see it on the published board.",
  "Mời chọn một phương án, hoặc bấm Bỏ phiếu trắng.": "Please choose, or cast a blank paper.",
  "Chọn nhiều quá số được chọn.": "More chosen than may be.",
  "Biên nhận của hòm phiếu không đúng. Mời báo thư ký ngay.": "The box's receipt is not right. Please tell the secretary at once.",
  "Phiếu của tôi có trong bảng, đúng với niêm phong của hòm:": "My paper is on the board, as the box sealed it:",
  "phiếu trắng": "blank",
  "Lá phiếu của máy này không có trên bảng công bố. Mời lưu biên nhận và đưa cho tổ kiểm phiếu: đó là bằng chứng.": "This device's paper is not on the published board. Keep the receipt and show it to the tellers: it is proof.",
  "Bạn đã nhận phiếu mà không bỏ. Lá chưa dùng vẫn trong máy này.": "You took a paper and did not cast it. It is still in this device, unused.",
  "Lá phiếu không nằm trong máy này nên không tự tìm được trên bảng.": "The paper is not in this device, so it cannot be looked up on the board.",
  "Khóa của lần bỏ phiếu đã đổi sau khi máy này nhận phiếu. Mời báo thư ký ngay.": "The keys of this ballot changed after this device took a paper. Please tell the secretary at once.",
};
export function say(vietnamese: string): string {
  return document.documentElement.lang === "en" ? english[vietnamese] ?? vietnamese : vietnamese;
}
// Spoken by screen readers.
export function announce(words: string): void {
  const region = document.getElementById("said");
  if (region) region.textContent = words;
}
