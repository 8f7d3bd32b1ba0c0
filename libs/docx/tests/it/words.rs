//! Words inside paragraphs: breaks, fields, changes, notes, boxes, and what is left out.

use docx::Note;

use crate::made::{lines, notes, p, r, reading};

#[test]
fn breaks_blanks_and_signs() {
    let table: &[(&str, &[&str])] = &[
        ("<w:p/><w:p><w:r><w:t> </w:t></w:r></w:p>", &[]),
        ("<w:p><w:r><w:t>Một</w:t><w:br/><w:t>hai</w:t><w:tab/><w:t>ba</w:t></w:r></w:p>", &["Một", "hai ba"]),
        ("<w:p><w:r><w:t>a</w:t><w:br w:type='page'/></w:r></w:p>", &["a"]),
        ("<w:p><w:r><w:t>Hà</w:t><w:noBreakHyphen/><w:t>Nam</w:t><w:softHyphen/></w:r></w:p>", &["Hà-Nam"]),
        ("<w:p><w:r><w:t>U\u{31B}\u{309}y &amp; ban</w:t></w:r></w:p>", &["Ửy & ban"]),
        ("<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>nghị quyết</w:t></w:r></w:p>", &["NGHỊ QUYẾT"]),
        ("<w:p><w:r><w:sym w:font='Wingdings' w:char='F0A8'/><w:t> Có</w:t></w:r></w:p>", &["☐ Có"]),
        ("<w:p><w:hyperlink><w:r><w:t>ở đây</w:t></w:r></w:hyperlink></w:p>", &["ở đây"]),
        (
            "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>7</w:t></w:r></w:p>",
            &["7"],
        ),
        (
            "<w:sdt><w:sdtContent><w:p><w:r><w:t>trong ô</w:t></w:r></w:p></w:sdtContent></w:sdt>\
             <w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click</w:t></w:r></w:sdtContent></w:sdt></w:p>",
            &["trong ô"],
        ),
        ("<w:p><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>", &["x=1"]),
    ];
    for (body, expected) in table {
        assert_eq!(lines(body), *expected, "{body}");
    }
}

#[test]
fn insertions_are_taken_and_deletions_are_not() {
    let body = "<w:p><w:r><w:t>Giao </w:t></w:r><w:ins><w:r><w:t>Văn phòng</w:t></w:r></w:ins>\
                <w:del><w:r><w:delText>Ban</w:delText></w:r></w:del></w:p>\
                <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>nối </w:t></w:r></w:p><w:p><w:r><w:t>liền</w:t></w:r></w:p>";
    assert_eq!(lines(body), ["Giao Văn phòng", "nối liền"]);
    assert_eq!(notes(body), [Note::ChangesTaken { inserted: 1, deleted: 2 }]);
}

#[test]
fn footnotes_stand_in_parentheses() {
    let body = "<w:p><w:r><w:t>Theo Quy định</w:t></w:r><w:r><w:footnoteReference w:id='1'/></w:r><w:r><w:t>.</w:t></w:r></w:p>";
    let footnotes = "<w:footnotes><w:footnote w:type='separator' w:id='-1'><w:p/></w:footnote>\
                     <w:footnote w:id='1'><w:p><w:r><w:footnoteRef/><w:footnoteReference w:id='1'/><w:t>Số 22</w:t></w:r></w:p>\
                     <w:p><w:r><w:t>năm 2021</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let read = reading(body, &[("footnotes", footnotes)]);
    assert_eq!(read.text, "Theo Quy định (Số 22 năm 2021).");
    assert_eq!(read.notes, [Note::FootnotesInlined { count: 1 }]);
}

#[test]
fn a_text_box_is_read_once_where_it_is_anchored() {
    let boxed = "<w:txbxContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:txbxContent>";
    let body = format!(
        "<w:p><w:r><w:t>trước</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{boxed}</wps:txbx>\
         </w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{boxed}</v:textbox></w:pict></mc:Fallback>\
         </mc:AlternateContent></w:r></w:p>{}",
        p("sau")
    );
    assert_eq!(lines(&body), ["trước", "trong khung", "sau"]);
}

#[test]
fn what_is_left_out_is_told() {
    let body = "<w:p><w:r><w:drawing><pic:pic><a:blip/></pic:pic></w:drawing><w:object><v:imagedata/></w:object>\
                <w:commentReference w:id='0'/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>\
                <w:r><w:sym w:char='F021'/></w:r></w:p>";
    let header = "<w:hdr><w:p><w:r><w:t>Tài liệu nội bộ</w:t></w:r></w:p></w:hdr>";
    let read = reading(body, &[("header", header), ("vbaProject.bin", "x")]);
    assert_eq!(read.text, "\u{FFFD}");
    // Parts end in `.xml` here; macros are known by the name of their part.
    let expected = [
        Note::ObjectsLeftOut { count: 1 },
        Note::PicturesLeftOut { count: 1 },
        Note::CommentsLeftOut { count: 1 },
        Note::PageHeadsLeftOut,
        Note::HiddenLeftOut { count: 1 },
        Note::SymbolsUnknown { count: 1 },
    ];
    assert_eq!(read.notes, expected);
    let page = "<w:ftr><w:p><w:r><w:t>2</w:t></w:r></w:p></w:ftr>";
    assert_eq!(reading(&r("x"), &[("footer", page)]).notes, []);
}

#[test]
fn notes_have_names_that_stay() {
    let of = |note: &Note| serde_json::to_string(note).unwrap();
    assert_eq!(of(&Note::MacrosLeftOut), r#"{"note":"macros_left_out"}"#);
    assert_eq!(
        of(&Note::ChangesTaken { inserted: 1, deleted: 2 }),
        r#"{"note":"changes_taken","inserted":1,"deleted":2}"#
    );
    assert_eq!(of(&Note::LetterheadKept), r#"{"note":"letterhead_kept"}"#);
}
