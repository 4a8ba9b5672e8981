import java.io.File;
import java.io.FileInputStream;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.xwpf.usermodel.IBodyElement;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.docx4j.TraversalUtil;
import org.docx4j.convert.out.html.ListsToContentControls;
import org.docx4j.finders.SdtFinder;
import org.docx4j.openpackaging.packages.WordprocessingMLPackage;
import org.docx4j.wml.P;
import org.docx4j.wml.SdtElement;

/**
 * Prints the lists of Word files as docx4j or Apache POI, by its first argument, finds them: a line for each file, of
 * each list whether it has bullets (ul) or numbers (ol), and how many items: "ul 3, ol 4".
 */
class WordLists {
    public static void main(String[] arguments) throws Exception {
        for (int number = 1; number < arguments.length; number++) {
            File file = new File(arguments[number]);
            System.out.println(String.join(", ", arguments[0].equals("docx4j") ? docx4j(file) : poi(file)));
        }
    }

    /** docx4j puts each list into a content control before it writes HTML. */
    static List<String> docx4j(File file) throws Exception {
        WordprocessingMLPackage word = WordprocessingMLPackage.load(file);
        ListsToContentControls.process(word);
        SdtFinder controls = new SdtFinder();
        new TraversalUtil(word.getMainDocumentPart().getContent(), controls);
        return controls.getSdtList().stream()
                .filter(control -> tag(control).startsWith("HTML_ELEMENT=") && isList(word, control))
                .map(control -> (tag(control).contains("=UL") ? "ul " : "ol ") + control.getSdtContent().getContent().size())
                .toList();
    }

    static String tag(SdtElement control) {
        return control.getSdtPr().getTag() == null ? "" : control.getSdtPr().getTag().getVal();
    }

    /** List 0 is none (ECMA-376 part 1, 17.9.18), which this version of docx4j does not know. */
    static boolean isList(WordprocessingMLPackage word, SdtElement control) {
        P item = (P) control.getSdtContent().getContent().get(0);
        var resolver = word.getMainDocumentPart().getPropertyResolver();
        return resolver.getEffectivePPr(item.getPPr()).getNumPr().getNumId().getVal().signum() > 0;
    }

    /** POI says of each paragraph which list it is in; numbered headings are no lists. */
    static List<String> poi(File file) throws Exception {
        Map<BigInteger, Integer> sizes = new LinkedHashMap<>();
        Map<BigInteger, String> kinds = new LinkedHashMap<>();
        try (XWPFDocument word = new XWPFDocument(new FileInputStream(file))) {
            collect(word, word.getBodyElements(), sizes, kinds);
        }
        return sizes.keySet().stream().map(list -> kinds.get(list) + sizes.get(list)).toList();
    }

    static void collect(
            XWPFDocument word, List<IBodyElement> elements, Map<BigInteger, Integer> sizes, Map<BigInteger, String> kinds) {
        for (IBodyElement element : elements) {
            if (element instanceof XWPFTable table) {
                table.getRows().forEach(
                        row -> row.getTableCells().forEach(cell -> collect(word, cell.getBodyElements(), sizes, kinds)));
            } else if (element instanceof XWPFParagraph paragraph && paragraph.getNumID() != null) {
                String style = word.getStyles().getStyle(paragraph.getStyleID()).getName();
                if (!style.startsWith("heading")) {
                    sizes.merge(paragraph.getNumID(), 1, Integer::sum);
                    kinds.put(paragraph.getNumID(), paragraph.getNumFmt().equals("bullet") ? "ul " : "ol ");
                }
            }
        }
    }
}
