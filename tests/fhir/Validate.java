import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.nio.charset.StandardCharsets;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;

/** Prints what is wrong with each file as a FHIR R4 resource, a line each behind its path; then that it was checked. */
class Validate {
    public static void main(String[] arguments) throws Exception {
        FhirContext r4 = FhirContext.forR4();
        FhirValidator validator = r4.newValidator();
        validator.registerValidatorModule(new FhirInstanceValidator(new ValidationSupportChain(
                new DefaultProfileValidationSupport(r4),
                new CommonCodeSystemsTerminologyService(r4),
                new InMemoryTerminologyServerValidationSupport(r4))));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String path : arguments) {
            String resource = Files.readString(Path.of(path));
            for (SingleValidationMessage found : validator.validateWithResult(resource).getMessages()) {
                if (found.getSeverity() != ResultSeverityEnum.INFORMATION) {
                    String said = found.getSeverity() + " " + found.getLocationString() + ": " + found.getMessage();
                    out.println(path + "\t" + said.replaceAll("\\s+", " "));
                }
            }
            out.println(path + "\tchecked");
        }
    }
}
