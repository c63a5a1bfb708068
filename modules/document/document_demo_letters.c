/* Who writes to the committee, and about what. Names of people are invented. */
#include "modules/document/document_demo.h"

#define CITY "ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG"
#define FRONT "ỦY BAN MTTQ VIỆT NAM THÀNH PHỐ HẢI PHÒNG"
#define COMMUNE(place, who)                                                                                            \
    {                                                                                                                  \
        S_INIT("Ủy ban MTTQ Việt Nam " place), S_INIT(FRONT), S_INIT("MTTQ-BTT"),                                      \
            S_INIT("TM. BAN THƯỜNG TRỰC, CHỦ TỊCH"), S_INIT(who), false                                                \
    }

const struct demo_issuer demo_issuers[] = {
    {S_INIT("Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"), S_INIT(""), S_INIT("MTTW-BTT"),
     S_INIT("TM. BAN THƯỜNG TRỰC, PHÓ CHỦ TỊCH"), S_INIT("Lê Văn Khải"), false},
    {S_INIT("Thành ủy Hải Phòng"), S_INIT("ĐẢNG BỘ THÀNH PHỐ HẢI PHÒNG"), S_INIT("TU"),
     S_INIT("T/L BAN THƯỜNG VỤ, CHÁNH VĂN PHÒNG"), S_INIT("Đỗ Mạnh Hùng"), true},
    {S_INIT("Ban Tuyên giáo và Dân vận Thành ủy"), S_INIT("THÀNH ỦY HẢI PHÒNG"), S_INIT("BTGDVTU"),
     S_INIT("K/T TRƯỞNG BAN, PHÓ TRƯỞNG BAN"), S_INIT("Vũ Thị Hồng Nhung"), true},
    {S_INIT("Ủy ban nhân dân thành phố Hải Phòng"), S_INIT(""), S_INIT("UBND-VX"), S_INIT("KT. CHỦ TỊCH, PHÓ CHỦ TỊCH"),
     S_INIT("Phạm Đức Thắng"), false},
    {S_INIT("Sở Nội vụ"), S_INIT(CITY), S_INIT("SNV-CCVC"), S_INIT("KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC"),
     S_INIT("Nguyễn Thị Minh Tâm"), false},
    {S_INIT("Sở Nông nghiệp và Môi trường"), S_INIT(CITY), S_INIT("SNNMT-GN"), S_INIT("KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC"),
     S_INIT("Bùi Quang Huy"), false},
    {S_INIT("Sở Tài chính"), S_INIT(CITY), S_INIT("STC-HCSN"), S_INIT("GIÁM ĐỐC"), S_INIT("Trịnh Văn Đoàn"), false},
    {S_INIT("Sở Tư pháp"), S_INIT(CITY), S_INIT("STP-PBGD"), S_INIT("PHÓ GIÁM ĐỐC"), S_INIT("Hoàng Thu Trang"), false},
    {S_INIT("Sở Y tế"), S_INIT(CITY), S_INIT("SYT-NVY"), S_INIT("KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC"),
     S_INIT("Lương Xuân Bách"), false},
    {S_INIT("Sở Khoa học và Công nghệ"), S_INIT(CITY), S_INIT("SKHCN-CĐS"), S_INIT("GIÁM ĐỐC"), S_INIT("Đặng Hữu Phúc"),
     false},
    {S_INIT("Sở Văn hóa, Thể thao và Du lịch"), S_INIT(CITY), S_INIT("SVHTTDL-NSVH"), S_INIT("PHÓ GIÁM ĐỐC"),
     S_INIT("Ngô Thị Lan Anh"), false},
    {S_INIT("Công an thành phố Hải Phòng"), S_INIT("BỘ CÔNG AN"), S_INIT("CATP-PV05"), S_INIT("PHÓ GIÁM ĐỐC"),
     S_INIT("Trần Quốc Việt"), false},
    {S_INIT("Hội Nông dân thành phố Hải Phòng"), S_INIT(FRONT), S_INIT("HND"),
     S_INIT("TM. BAN THƯỜNG VỤ, PHÓ CHỦ TỊCH"), S_INIT("Đào Văn Lợi"), false},
    {S_INIT("Hội Liên hiệp Phụ nữ thành phố Hải Phòng"), S_INIT(FRONT), S_INIT("HPN"),
     S_INIT("TM. BAN THƯỜNG VỤ, CHỦ TỊCH"), S_INIT("Phạm Thị Thu Hà"), false},
    {S_INIT("Liên đoàn Lao động thành phố Hải Phòng"), S_INIT(FRONT), S_INIT("LĐLĐ"),
     S_INIT("TM. BAN THƯỜNG VỤ, PHÓ CHỦ TỊCH"), S_INIT("Nguyễn Anh Tuấn"), false},
    {S_INIT("Hội Cựu chiến binh thành phố Hải Phòng"), S_INIT(FRONT), S_INIT("HCCB"),
     S_INIT("TM. BAN THƯỜNG VỤ, CHỦ TỊCH"), S_INIT("Vũ Đình Chiến"), false},
    COMMUNE("phường Lê Chân", "Nguyễn Thị Hải Yến"),
    COMMUNE("phường Hồng Bàng", "Đoàn Văn Sơn"),
    COMMUNE("phường Ngô Quyền", "Lê Thị Bích Ngọc"),
    COMMUNE("phường Kiến An", "Phạm Văn Tiến"),
    COMMUNE("phường Hải An", "Trần Thị Thoa"),
    COMMUNE("phường Đồ Sơn", "Hoàng Gia Minh"),
    COMMUNE("phường Thủy Nguyên", "Vũ Văn Quyết"),
    COMMUNE("phường Hải Dương", "Đinh Thị Hạnh"),
    COMMUNE("phường Chí Linh", "Bùi Văn Thành"),
    COMMUNE("xã Vĩnh Bảo", "Ngô Văn Trường"),
    COMMUNE("xã Tiên Lãng", "Đặng Thị Mai"),
    COMMUNE("xã An Lão", "Lương Văn Bình"),
    COMMUNE("xã Kiến Thụy", "Phùng Thị Loan"),
    COMMUNE("xã Thanh Hà", "Tạ Quang Dũng"),
    COMMUNE("xã Ninh Giang", "Mai Thị Xuân"),
    COMMUNE("đặc khu Cát Hải", "Cao Văn Biển"),
};
const size_t demo_issuers_n = sizeof demo_issuers / sizeof *demo_issuers;

enum demo_kind demo_kind_of(size_t issuer) {
    return issuer == 0   ? DEMO_CENTRE
           : issuer < 3  ? DEMO_PARTY
           : issuer < 12 ? DEMO_STATE
           : issuer < 16 ? DEMO_UNION
                         : DEMO_COMMUNE;
}

#define PT "MT31-PT"
#define DCGS "MT31-DCGS"
#define TCKT "MT31-TCKT"
#define TGCT "MT31-TGCT"
#define VP "MT31-VP"
#define ALL_STATE (DEMO_STATE | DEMO_CENTRE)
#define OF(type, field, board, days, issuers, subject, reason, ask, detail)                                            \
    { S_INIT(type), S_INIT(field), S_INIT(subject), S_INIT(reason), S_INIT(ask), S_INIT(detail), board, days, issuers }

const struct demo_subject demo_subjects[] = {
    OF("CV", "an-sinh", PT, 7, DEMO_STATE, "Về việc cung cấp số liệu hộ nghèo, hộ cận nghèo %.*s trên địa bàn",
       "Để có cơ sở tổng hợp kết quả rà soát hộ nghèo, hộ cận nghèo theo chuẩn đa chiều",
       "phối hợp chỉ đạo Ủy ban MTTQ Việt Nam các xã, phường, đặc khu cung cấp số liệu theo biểu mẫu kèm theo",
       "Số liệu phân tách theo khu dân cư, nguyên nhân nghèo và nhu cầu hỗ trợ, trong đó nêu rõ số hộ có nhu cầu xây "
       "mới, sửa chữa nhà ở."),
    OF("KH", "an-sinh", PT, 10, DEMO_CENTRE | DEMO_STATE, "Kế hoạch vận động ủng hộ Quỹ “Vì người nghèo” %.*s",
       "Thực hiện chủ trương chăm lo cho người nghèo, hưởng ứng Tháng cao điểm “Vì người nghèo” từ ngày 17/10 đến ngày "
       "18/11",
       "triển khai vận động các tổ chức, cá nhân, doanh nghiệp trên địa bàn tham gia ủng hộ",
       "Mức vận động tối thiểu theo chỉ tiêu kèm theo; tiền ủng hộ chuyển về tài khoản của Quỹ tại Kho bạc Nhà nước, "
       "công khai danh sách hằng tháng."),
    OF("BC", "an-sinh", PT, 5, DEMO_COMMUNE, "Báo cáo kết quả xây dựng, sửa chữa nhà Đại đoàn kết %.*s",
       "Thực hiện kế hoạch hỗ trợ nhà ở cho hộ nghèo, hộ có hoàn cảnh khó khăn",
       "xem xét, bổ sung kinh phí hỗ trợ cho các hộ còn lại",
       "Đến nay đã khởi công 14 nhà, hoàn thành 9 nhà; còn 5 hộ chưa đủ kinh phí đối ứng, trong đó có 2 hộ gia đình "
       "chính sách."),
    OF("CV", "phong-chong", PT, 3, DEMO_STATE | DEMO_CENTRE,
       "Về việc tiếp nhận, phân bổ hàng cứu trợ khắc phục hậu quả bão %.*s",
       "Trước tình hình thiệt hại do bão gây ra tại các xã ven biển và đặc khu",
       "chủ trì tiếp nhận, phân bổ hàng cứu trợ đến đúng đối tượng",
       "Ưu tiên hộ bị sập nhà, hộ nuôi trồng thủy sản mất trắng, người già neo đơn; lập danh sách ký nhận tại từng khu "
       "dân cư."),
    OF("CĐ", "phong-chong", PT, 2, DEMO_STATE, "Công điện về ứng phó với mưa lũ sau bão %.*s",
       "Theo bản tin dự báo của Đài Khí tượng Thủy văn khu vực",
       "huy động lực lượng hỗ trợ nhân dân di dời khỏi vùng trũng thấp",
       "Các tổ chức thành viên trực ban 24/24 giờ, báo cáo trước 16 giờ hằng ngày cho đến khi có lệnh kết thúc."),
    OF("HD", "doan-ket", PT, 10, DEMO_CENTRE, "Hướng dẫn tổ chức Ngày hội Đại đoàn kết toàn dân tộc ở khu dân cư %.*s",
       "Kỷ niệm Ngày thành lập Mặt trận Dân tộc thống nhất Việt Nam, ngày truyền thống Mặt trận Tổ quốc Việt Nam 18/11",
       "hướng dẫn các khu dân cư tổ chức Ngày hội thiết thực, tiết kiệm",
       "Phần lễ gọn trong 60 phút; phần hội gồm bữa cơm đoàn kết, thể thao, biểu dương gia đình văn hóa, khu dân cư "
       "tiêu biểu."),
    OF("KH", "doan-ket", PT, 10, DEMO_COMMUNE | DEMO_STATE,
       "Kế hoạch thực hiện cuộc vận động “Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh” %.*s",
       "Tiếp tục nâng cao chất lượng cuộc vận động ở khu dân cư",
       "phối hợp đánh giá sự hài lòng của người dân về kết quả xây dựng nông thôn mới",
       "Lấy ý kiến tối thiểu 70 % số hộ mỗi thôn; phiếu lấy ý kiến tổng hợp theo từng tiêu chí, niêm yết tại nhà văn "
       "hóa."),
    OF("CV", "doan-ket", PT, 7, DEMO_UNION, "Về việc phối hợp tổ chức phong trào thi đua %.*s",
       "Thực hiện chương trình phối hợp thống nhất hành động của các tổ chức chính trị - xã hội",
       "thống nhất nội dung, tiêu chí và thời gian phát động phong trào thi đua",
       "Mỗi tổ chức đăng ký một công trình, phần việc cụ thể; sơ kết trước ngày 30 tháng 6, tổng kết cuối năm."),
    OF("KH", "giam-sat", DCGS, 15, DEMO_CENTRE | DEMO_STATE,
       "Kế hoạch giám sát việc thực hiện chính sách, pháp luật về an toàn thực phẩm %.*s",
       "Thực hiện chương trình giám sát đã được thống nhất với Hội đồng nhân dân thành phố",
       "chủ trì thành lập đoàn giám sát tại 6 xã, phường",
       "Đối tượng giám sát gồm bếp ăn tập thể, chợ dân sinh, cơ sở giết mổ; kết luận giám sát gửi cơ quan có thẩm "
       "quyền và theo dõi đến khi giải quyết xong."),
    OF("TTr", "giam-sat", DCGS, 10, DEMO_STATE,
       "Tờ trình đề nghị phản biện xã hội đối với dự thảo Nghị quyết về mức hỗ trợ đóng bảo hiểm y tế %.*s",
       "Theo quy định về phản biện xã hội của Mặt trận Tổ quốc Việt Nam đối với dự thảo văn bản quy phạm pháp luật",
       "tổ chức hội nghị phản biện xã hội đối với dự thảo Nghị quyết",
       "Dự thảo nâng mức hỗ trợ cho người thuộc hộ gia đình làm nông nghiệp có mức sống trung bình; dự kiến ngân sách "
       "tăng 42 tỷ đồng mỗi năm."),
    OF("BC", "giam-sat", DCGS, 7, DEMO_COMMUNE,
       "Báo cáo hoạt động của Ban Thanh tra nhân dân, Ban Giám sát đầu tư của cộng đồng %.*s",
       "Thực hiện chế độ báo cáo định kỳ về giám sát của nhân dân ở cơ sở",
       "xem xét, kiến nghị chủ đầu tư khắc phục các tồn tại",
       "Đã giám sát 7 công trình đường giao thông, thoát nước; phát hiện 2 công trình thi công chậm tiến độ, 1 công "
       "trình không đúng thiết kế mặt đường."),
    OF("CV", "dan-chu", DCGS, 5, DEMO_STATE | DEMO_PARTY,
       "Về việc phối hợp tiếp công dân, giải quyết khiếu nại, tố cáo kéo dài %.*s",
       "Trước kỳ họp Hội đồng nhân dân thành phố, một số đoàn công dân tiếp tục kiến nghị về bồi thường, giải phóng "
       "mặt bằng",
       "cử cán bộ phối hợp tiếp công dân, vận động, giải thích",
       "Các vụ việc tập trung ở khu công nghiệp ven biển; hồ sơ tóm tắt từng vụ gửi kèm, đề nghị nghiên cứu trước khi "
       "tiếp công dân."),
    OF("BC", "dan-chu", DCGS, 5, DEMO_COMMUNE, "Báo cáo tổng hợp ý kiến, kiến nghị của cử tri và nhân dân %.*s",
       "Chuẩn bị cho kỳ họp của Hội đồng nhân dân và Quốc hội",
       "tổng hợp, chuyển các cơ quan có thẩm quyền trả lời cử tri",
       "Có 37 ý kiến, tập trung vào nước sạch nông thôn, thu gom rác thải, đèn chiếu sáng và thủ tục đất đai sau sắp "
       "xếp đơn vị hành chính."),
    OF("KH", "dan-chu", DCGS, 15, DEMO_STATE, "Kế hoạch phổ biến, giáo dục pháp luật %.*s",
       "Hưởng ứng Ngày Pháp luật nước Cộng hòa xã hội chủ nghĩa Việt Nam",
       "phối hợp tuyên truyền các luật mới đến khu dân cư",
       "Nội dung gồm Luật Đất đai, Luật Căn cước, Luật Thực hiện dân chủ ở cơ sở; hình thức là sinh hoạt khu dân cư và "
       "loa truyền thanh."),
    OF("CV", "dan-toc", TGCT, 7, DEMO_CENTRE | DEMO_STATE,
       "Về việc thăm, chúc mừng các cơ sở tôn giáo dịp lễ trọng %.*s",
       "Nhân dịp lễ trọng của đồng bào các tôn giáo trên địa bàn thành phố",
       "tổ chức đoàn thăm, chúc mừng các chức sắc, cơ sở tôn giáo tiêu biểu",
       "Danh sách gồm 12 cơ sở; mỗi đoàn có đại diện Mặt trận, chính quyền địa phương và công an."),
    OF("BC", "dan-toc", TGCT, 7, DEMO_COMMUNE, "Báo cáo công tác vận động người có uy tín trong đồng bào tôn giáo %.*s",
       "Thực hiện kế hoạch công tác dân tộc, tôn giáo", "xem xét khen thưởng các cá nhân tiêu biểu",
       "Đã rà soát 23 người có uy tín; đề nghị khen thưởng 4 cá nhân có nhiều đóng góp trong hòa giải ở cơ sở."),
    OF("HD", "to-chuc", TCKT, 10, DEMO_CENTRE | DEMO_PARTY,
       "Hướng dẫn kiện toàn tổ chức bộ máy Mặt trận Tổ quốc cấp xã %.*s",
       "Thực hiện mô hình chính quyền địa phương hai cấp và việc sắp xếp các tổ chức chính trị - xã hội",
       "rà soát, kiện toàn nhân sự chủ chốt của Ủy ban MTTQ Việt Nam cấp xã",
       "Mỗi xã, phường, đặc khu có 01 Chủ tịch, không quá 02 Phó Chủ tịch chuyên trách; hồ sơ nhân sự gửi trước ngày "
       "20 hằng tháng."),
    OF("CV", "to-chuc", TCKT, 5, DEMO_STATE, "Về việc cử cán bộ tham gia lớp bồi dưỡng nghiệp vụ %.*s",
       "Thực hiện kế hoạch đào tạo, bồi dưỡng cán bộ, công chức, viên chức của thành phố",
       "cử 04 cán bộ tham gia lớp bồi dưỡng",
       "Lớp học trong 05 ngày làm việc tại Trường Chính trị Tô Hiệu; danh sách đăng ký gửi kèm bản điện tử theo mẫu."),
    OF("TB", "to-chuc", TCKT, 5, DEMO_PARTY, "Thông báo kết luận của Ban Thường vụ về công tác cán bộ %.*s",
       "Tại phiên họp thường kỳ, sau khi nghe báo cáo về công tác cán bộ khối Mặt trận",
       "khẩn trương hoàn thiện quy trình bổ nhiệm, điều động",
       "Hoàn thành việc đánh giá, xếp loại cán bộ diện quản lý trước ngày 15 tháng 12; không để khuyết vị trí lãnh đạo "
       "quá 60 ngày."),
    OF("KH", "tuyen-giao", TGCT, 7, DEMO_PARTY | DEMO_CENTRE, "Kế hoạch tuyên truyền kỷ niệm các ngày lễ lớn %.*s",
       "Thực hiện chương trình công tác tuyên giáo và dân vận",
       "tổ chức tuyên truyền sâu rộng trong đoàn viên, hội viên và nhân dân",
       "Hình thức gồm treo cờ, khẩu hiệu, triển lãm ảnh, chuyên mục trên trang thông tin điện tử và nhóm mạng xã hội "
       "của khu dân cư."),
    OF("GM", "tuyen-giao", TGCT, 0, DEMO_STATE | DEMO_UNION, "Giấy mời dự hội nghị giao ban công tác dân vận %.*s",
       "Để đánh giá kết quả công tác dân vận và thống nhất nhiệm vụ thời gian tới", "cử đại diện lãnh đạo dự hội nghị",
       "Thời gian 08 giờ 00; địa điểm tại Trung tâm Hội nghị thành phố; đề nghị gửi báo cáo tham luận trước 02 ngày."),
    OF("CV", "tuyen-giao", TGCT, 5, DEMO_UNION, "Về việc đăng ký gương điển hình tiên tiến %.*s",
       "Chuẩn bị cho hội nghị biểu dương gương người tốt, việc tốt",
       "thẩm định, lựa chọn gương điển hình để biểu dương",
       "Mỗi đơn vị giới thiệu không quá 03 tập thể, 05 cá nhân, kèm báo cáo thành tích có xác nhận của địa phương."),
    OF("CV", "tai-chinh", VP, 10, DEMO_STATE, "Về việc lập dự toán ngân sách nhà nước %.*s",
       "Căn cứ Luật Ngân sách nhà nước và thông báo số kiểm tra dự toán",
       "lập, gửi dự toán thu, chi ngân sách kèm thuyết minh cơ sở tính toán",
       "Dự toán chi thường xuyên bảo đảm tiết kiệm tối thiểu 10 %; các khoản mua sắm tài sản trên 100 triệu đồng phải "
       "có báo giá."),
    OF("QĐ", "tai-chinh", VP, 5, DEMO_STATE, "Quyết định về việc giao bổ sung kinh phí hoạt động %.*s",
       "Xét đề nghị của cơ quan tài chính và khả năng cân đối ngân sách",
       "quản lý, sử dụng kinh phí đúng mục đích, quyết toán theo quy định",
       "Kinh phí bổ sung 1.250.000.000 đồng, trong đó hỗ trợ khu dân cư tổ chức Ngày hội Đại đoàn kết là 684.000.000 "
       "đồng."),
    OF("CV", "tai-chinh", VP, 7, DEMO_COMMUNE, "Về việc đề nghị hỗ trợ trang thiết bị làm việc %.*s",
       "Sau khi sắp xếp đơn vị hành chính, trụ sở làm việc của cơ quan được bố trí lại",
       "xem xét hỗ trợ máy tính, máy quét và đường truyền",
       "Hiện có 03 máy tính đã dùng trên 8 năm, không đáp ứng yêu cầu chữ ký số và họp trực tuyến."),
    OF("KH", "chuyen-doi-so", VP, 15, DEMO_STATE | DEMO_CENTRE, "Kế hoạch chuyển đổi số, cải cách hành chính %.*s",
       "Thực hiện Nghị quyết về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số",
       "triển khai văn phòng điện tử, chữ ký số đến 100 % cán bộ",
       "Đến hết quý, 95 % văn bản (trừ văn bản mật) được trao đổi trên môi trường mạng; khu dân cư có tổ công nghệ số "
       "cộng đồng."),
    OF("CV", "chuyen-doi-so", VP, 5, DEMO_STATE, "Về việc bảo đảm an toàn thông tin mạng %.*s",
       "Qua giám sát phát hiện một số máy trạm có dấu hiệu nhiễm mã độc", "rà soát, xử lý và báo cáo kết quả",
       "Đổi mật khẩu thư điện tử công vụ, cập nhật hệ điều hành, không cài phần mềm ngoài danh mục; đầu mối hỗ trợ kỹ "
       "thuật gửi kèm."),
    OF("CV", "khac", VP, 3, DEMO_STATE | DEMO_UNION | DEMO_COMMUNE,
       "Về việc góp ý dự thảo báo cáo tổng kết công tác %.*s",
       "Để hoàn thiện báo cáo tổng kết và phương hướng nhiệm vụ", "nghiên cứu, góp ý bằng văn bản",
       "Góp ý tập trung vào số liệu, tồn tại, nguyên nhân và các chỉ tiêu; quá thời hạn coi như thống nhất với dự "
       "thảo."),
};
const size_t demo_subjects_n = sizeof demo_subjects / sizeof *demo_subjects;
