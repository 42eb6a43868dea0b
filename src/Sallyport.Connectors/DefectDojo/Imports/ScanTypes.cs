using Sallyport.Core;
using Sallyport.Core.Schemas;

namespace Sallyport.Connectors.DefectDojo.Imports;

/// <summary>The scan types that DefectDojo 3.2 reads reports of, in its own spelling.</summary>
internal static class ScanTypes
{
    /// <summary>These need no report: the platform would call out to a service with credentials it keeps.</summary>
    private static readonly HashSet<string> Pulling = new(StringComparer.Ordinal)
    {
        "BlackDuck API", "Bugcrowd API Import", "Cobalt.io API Import", "Edgescan Scan", "SonarQube API Import", "Vulners",
    };

    private static readonly HashSet<string> All = new(StringComparer.Ordinal)
    {
        "Acunetix Scan", "AIDE Scan", "Alert Logic Scan", "Anchore Engine Scan", "Anchore Enterprise Policy Check", "Anchore Grype",
        "Anchore Grype detailed", "AnchoreCTL Policies Report", "AnchoreCTL Vuln Report", "APKLeaks Scan",
        "AppCheck Web Application Scanner", "AppSpider Scan", "Aqua Scan", "Arachni Scan", "AuditJS Scan", "AWS Inspector2 Scan",
        "AWS Prowler Scan", "AWS Prowler V3", "AWS Security Finding Format (ASFF) Scan", "AWS Security Hub Scan",
        "Azure Security Center Recommendations Scan", "Bandit Scan", "Bearer CLI", "BlackDuck API", "Blackduck Binary Analysis",
        "Blackduck Component Risk", "Blackduck Hub Scan", "Brakeman Scan", "Bugcrowd API Import", "BugCrowd Scan", "Bundler-Audit Scan",
        "Burp Dastardly Scan", "Burp Enterprise Scan", "Burp GraphQL API", "Burp REST API", "Burp Scan", "Burp Suite DAST Scan",
        "CargoAudit Scan", "cfn-lint Scan", "cfn-nag Scan", "Checkmarx CxFlow SAST", "Checkmarx One Scan", "Checkmarx OSA",
        "Checkmarx Scan", "Checkmarx Scan detailed", "Checkov Scan", "Chef Inspect Log", "chkrootkit Scan", "Choctaw Hog Scan",
        "Clair Scan", "ClamAV Scan", "Cloudflare Insights", "Cloudsploit Scan", "Cobalt.io API Import", "Cobalt.io Scan",
        "Codechecker Report native", "Composer Audit Scan", "Conftest Scan", "Contrast Scan", "Coverity API",
        "Coverity Scan JSON Report", "Cppcheck Scan", "Crashtest Security JSON File", "Crashtest Security XML File", "CredScan Scan",
        "Crunch42 Scan", "CSAF Scan", "cwe_checker Scan", "Cyberwatch scan (Galeax)", "CycloneDX Scan", "Cycognito Scan",
        "DawnScanner Scan", "Deepfence Threatmapper Report", "Dependency Check Scan",
        "Dependency Track Finding Packaging Format (FPF) Export", "Detect-secrets Scan", "DevSkim Scan", "Dirsearch Scan",
        "docker-bench-security Scan", "Dockle Scan", "Dotnet Vulnerable Packages Scan", "DrHeader JSON Importer", "DSOP Scan",
        "Duroc Hog Scan", "Edgescan Scan", "ESLint Scan", "Essex Hog Scan", "ffuf Scan", "Firmwalker Scan", "Flawfinder Scan",
        "Fortify Scan", "Fortify Scan v2", "Garak Scan", "Generic Findings Import", "Ggshield Scan", "Github SAST Scan",
        "Github Secrets Detection Report Scan", "Github Vulnerability Scan", "GitLab API Fuzzing Report Scan", "GitLab Container Scan",
        "GitLab DAST Report", "GitLab Dependency Scanning Report", "GitLab SAST Report", "GitLab Secret Detection Report",
        "Gitleaks Scan", "Gobuster Scan", "Google Cloud Artifact Vulnerability Scan", "Gosec Scanner", "Gottingen Hog Scan",
        "Govulncheck Scanner", "Govulncheck Scanner V2", "HackerOne Cases", "Hadolint Dockerfile check", "Harbor Vulnerability Scan",
        "HCL AppScan on Cloud SAST XML", "HCLAppScan XML", "Horusec Scan", "httpx Scan", "Humble Json Importer", "HuskyCI Report",
        "Hydra Scan", "IBM AppScan DAST", "Immuniweb Scan", "Infer Scan", "IntSights Report", "Invicti Scan", "IriusRisk Threats Scan",
        "JFrog Xray API Summary Artifact Scan", "JFrog Xray On Demand Binary Scan", "JFrog Xray Scan", "JFrog Xray Unified Scan",
        "KICS Scan", "Kiuwan SCA Scan", "Kiuwan Scan", "KrakenD Audit Scan", "kube-bench Scan", "Kubeaudit Scan", "KubeHunter Scan",
        "KubeLinter Scan", "Kubescape JSON Importer", "Legitify Scan", "Lynis Scan", "Masscan Scan", "Mayhem SARIF Report", "Mend Scan",
        "Meterian Scan", "Microfocus Webinspect Scan", "Mix Audit Scan", "MobSF Scan", "MobSF Scorecard Scan", "Mobsfscan Scan",
        "Mozilla Observatory Scan", "MSDefender Parser", "n0s1 Scanner", "Naabu Scan", "Nancy Scan", "Netsparker Scan",
        "Nettacker Scan", "NeuVector (compliance)", "NeuVector (REST)", "Nexpose Scan", "Nikto Scan", "njsscan Scan", "Nmap Scan",
        "Node Security Platform Scan", "Nosey Parker Scan", "NPM Audit Scan", "NPM Audit v7+ Scan", "Nuclei Scan", "OpenReports",
        "Openscap Vulnerability Scan", "OpenVAS Parser", "OpenVAS Parser v2", "OpenVEX Scan", "Orca Security Alerts",
        "ORT evaluated model Importer", "OssIndex Devaudit SCA Scan Importer", "OSV Scan", "Outpost24 Scan", "PHP Security Audit v2",
        "PHP Symfony Security Check", "PICUS Scan", "PingCastle", "pip-audit Scan", "PMD Scan", "pnpm Audit Scan", "Polaris Scan",
        "Popeye Scan", "Progpilot Scan", "Promptfoo Scan", "Prowler Scan", "PTART Report", "PWN SAST", "QARK Scan",
        "Qualys Hacker Guardian Scan", "Qualys Infrastructure Scan (WebGUI XML)", "Qualys Scan", "Qualys VMDR", "Qualys Webapp Scan",
        "Rapplex Scan", "Red Hat Satellite", "Retire.js Scan", "ReversingLabs Spectra Assure", "Risk Recon API Importer",
        "rkhunter Scan", "Rubocop Scan", "Rusty Hog Scan", "SARIF", "Scantist Scan", "Scout Suite Scan", "Secretlint Scan",
        "Semgrep JSON Report", "Semgrep Pro JSON Report", "SKF Scan", "Snyk Code Scan", "Snyk Issue API Scan", "Snyk Scan",
        "Solar Appscreener Scan", "SonarQube API Import", "SonarQube Scan", "SonarQube Scan detailed", "Sonatype Application Scan",
        "SPDX Scan", "SpotBugs Scan", "Sqlmap Scan", "SSH Audit Importer", "SSL Labs Scan", "Sslscan", "Sslyze Scan",
        "SSLyze Scan (JSON)", "StackHawk HawkScan", "Sysdig CLI Report", "Sysdig Vulnerability Report", "Talisman Scan", "Tenable Scan",
        "Terrascan Scan", "Testssl Scan", "TFSec Scan", "Threagile risks report", "ThreatComposer Scan", "Trivy Operator Scan",
        "Trivy Scan", "Trufflehog Scan", "Trufflehog3 Scan", "Trustwave Fusion API Scan", "Trustwave Scan (CSV)",
        "Twistlock Image Scan", "VCG Scan", "Veracode Scan", "Veracode SourceClear Scan", "Vulners", "Wapiti Scan", "Wazuh",
        "WFuzz JSON report", "WhatWeb Scan", "Whispers Scan", "WhiteHat Sentinel", "Wiz Scan", "Wizcli Dir Scan", "Wizcli IaC Scan",
        "Wizcli Img Scan", "Wpscan", "Xanitizer Scan", "Xeol Parser", "Xygeni SAST Scan", "Xygeni SCA Scan", "Xygeni Secrets Scan",
        "YARA Scan", "Yarn Audit Scan", "ZAP Scan", "Zora Parser",
    };

    public static IReadOnlyCollection<string> Names => All;

    /// <summary>Refuses what the platform would not know, with the name that was probably meant.</summary>
    public static void Check(string name)
    {
        if (Pulling.Contains(name))
            throw new InvalidArgumentsException("scan_type: this type makes DefectDojo fetch results by itself with stored credentials, which is not offered here.");
        if (!All.Contains(name))
            throw new InvalidArgumentsException($"scan_type: {Suggest(name)}. Names are spelled exactly as DefectDojo lists them, for example 'ZAP Scan'.");
    }

    private static string Suggest(string name)
    {
        var similar = All.Where(known => known.Contains(name, StringComparison.OrdinalIgnoreCase)).Take(3).ToList();
        return similar.Count > 0 ? $"is unknown; did you mean {string.Join(" or ", similar.Select(known => $"'{known}'"))}?" : Suggestion.For(name, All);
    }
}
